// Fonts of the reader's machine: no page asks for anything elsewhere.
import Theme from 'vitepress/theme-without-fonts'
import './site.css'

export default Theme
