// What a page is made of that no browser is needed for: a server may draw it too.
export { colour } from './palette'
export { placeNames, type WantedName } from './place-names'
export { explorerStyle } from './style.css'
