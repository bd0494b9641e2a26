import { legalText, type XmlElement } from './xml-read.ts'

/** Windows editors write these; line ends inside texts too, or they would show as one line there. */
export const CRLF = '\r\n'

/** Text for between tags. */
export const escapedText = (text: string): string =>
  legalText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', CRLF)

/** A line break or tab in an attribute would be read back as a space, so they are written as references. */
const escapedValue = (text: string): string =>
  legalText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** ` name="value"` of each, a space in front. */
export const attributesText = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapedValue(value)}"`)
    .join('')

/** An element exactly as its tree says, without layout of ours; an empty one as `<X></X>`, as the editor writes it. */
export function elementText(element: XmlElement): string {
  const inside = element.children.map((child) => (typeof child === 'string' ? escapedText(child) : elementText(child)))
  return `<${element.name}${attributesText(element.attributes)}>${inside.join('')}</${element.name}>`
}
