import { explorerStyle, partStyle } from '@dc/explore'
import { render } from 'preact'
import { App } from './page/app'
import './style.css'

// The page's policy lets in no style that is written into it; a sheet that is made is none.
const sheet = new CSSStyleSheet()
sheet.replaceSync(explorerStyle + partStyle)
document.adoptedStyleSheets = [sheet]

render(<App />, document.getElementById('app')!)
