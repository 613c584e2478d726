/** A text in which no line breaks within a flag of the command line: `--` at the end of a line is not seen to belong to what follows. */
export const withFlags = (text: string) =>
  text.split(/((?<!\S)--[a-z][\w-]{0,40})/).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <span key={at} class="flag">
        {part}
      </span>
    ),
  )
