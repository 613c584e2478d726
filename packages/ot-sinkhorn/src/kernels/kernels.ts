/** What assembly/kernels.ts exports; documented there. Pointers are byte offsets. */
export interface Kernels {
  exponentials(
    cost: number,
    columns: number,
    out: number,
    stride: number,
    width: number,
    zero: number,
    count: number,
    shift: number,
    inverse: number,
    m: number,
    fit: number,
  ): void
  pass(
    w: number,
    stride: number,
    from: number,
    to: number,
    x: number,
    weights: number,
    rule: number,
    power: number,
    limits: number,
    r: number,
    u: number,
    c: number,
  ): void
  plan(
    w: number,
    stride: number,
    u: number,
    v: number,
    columns: number,
    from: number,
    to: number,
    scale: number,
    keep: number,
    out: number,
  ): void
  sparseProduct(
    offsets: number,
    indices: number,
    values: number,
    x: number,
    columns: number,
    from: number,
    to: number,
    out: number,
  ): void
  addScaled(out: number, x: number, scale: number, count: number): void
  product(x: number, y: number, count: number): number
}

/** One call of a kernel. */
export type Call = readonly [name: keyof Kernels, ...args: number[]]
