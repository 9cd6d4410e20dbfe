// The same ages as Layout/Ages.cs writes on the server, from the same words.
export type Words = Record<string, string>;

function fill(template: string | undefined, value: string | number): string {
  return (template ?? "{0}").replace("{0}", String(value));
}

function length(seconds: number, words: Words): string {
  if (seconds < 60) return fill(words["age.seconds"], Math.floor(seconds));
  if (seconds < 3_600) return fill(words["age.minutes"], Math.floor(seconds / 60));
  if (seconds < 2 * 86_400) return fill(words["age.hours"], Math.floor(seconds / 3_600));
  return fill(words["age.days"], Math.floor(seconds / 86_400));
}

export function age(seconds: number, silent: boolean, words: Words): string {
  return fill(words[silent ? "age.silent" : "age.ago"], length(seconds, words));
}
