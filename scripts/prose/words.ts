export interface PlainWord {
  /**
   * Pattern in lower case. Write `\s+` between two words, because a line can end there.
   */
  readonly pattern: RegExp;
  readonly write: string;
  readonly reason: string;
}

const personification = 'a program does not speak, hear or live';
const nameTheNoun = 'a sentence names its subject with a noun';
const privateWord = 'engineers already have a standard word';
const notPlain = 'a simpler word says the same';

/** Words that no text of the project may contain. */
export const plainWords: readonly PlainWord[] = [
  { pattern: /\btold\b/, write: 'reports, receives, returns, is set to', reason: personification },
  { pattern: /\bhears?\b/, write: 'receives', reason: personification },
  { pattern: /\blives\b/, write: 'runs, is stored', reason: personification },
  { pattern: /\b(is|are|was|were)\s+gone\b/, write: 'is deleted, has stopped', reason: personification },
  { pattern: /\bwhoever\b/, write: 'the caller, the operator, anyone who', reason: nameTheNoun },
  { pattern: /\bwhom\b/, write: 'the noun itself', reason: nameTheNoun },
  { pattern: /\bones?\s+that\b/, write: 'the noun itself: a component that', reason: nameTheNoun },
  { pattern: /\bof\s+ours\b/, write: 'our own', reason: nameTheNoun },
  { pattern: /\bof\s+theirs\b/, write: 'third-party, their own', reason: nameTheNoun },
  { pattern: /\bmend(s|ed|ing)?\b/, write: 'fix, restore, clear', reason: privateWord },
  { pattern: /\bheal(s|ed|ing)?\b/, write: 'clear, restore', reason: privateWord },
  {
    pattern: /(?<!unknown\s+certificate\s+)(?<!\(certificate\s+)\bauthorit(y|ies)\b/,
    write: 'CA',
    reason: privateWord,
  },
  { pattern: /\bdoors?\b/, write: 'endpoint, ingress, entry point', reason: privateWord },
  { pattern: /\bways?\s+in\b(?!\s+which)/, write: 'endpoint, ingress, entry point', reason: privateWord },
  { pattern: /\bstand-ins?\b/, write: 'mock, fake upstream', reason: privateWord },
  { pattern: /\bthe\s+way\s+back\b/, write: 'how to restore', reason: privateWord },
  {
    pattern: /\b((shut|closed)\s+)?but\s+for\b/,
    write: 'except; of access: allows only, denies',
    reason: notPlain,
  },
  { pattern: /\banew\b/, write: 'again', reason: notPlain },
  { pattern: /\bonce\s+more\b/, write: 'again', reason: notPlain },
  { pattern: /\bbesides\b/, write: 'also, in addition to, except', reason: notPlain },
  { pattern: /\bbeside\b/, write: 'next to, with', reason: notPlain },
  { pattern: /(,|\bor)\s+else\b(?!\s+(if|where)\b)/, write: 'otherwise', reason: notPlain },
];
