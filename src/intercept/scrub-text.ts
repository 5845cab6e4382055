/**
 * Masks what a text holds; deterministic and idempotent.
 *
 * @param name the property that the text is the value of, where a name like that may mean a secret
 */
export type ScrubText = (text: string, name?: string) => string
