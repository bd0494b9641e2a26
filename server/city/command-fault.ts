/** A command that cannot be done: a code for scripts, a sentence for the person. */
export class CommandFault extends Error {
  readonly code: string
  constructor(code: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'CommandFault'
    this.code = code
  }
}
