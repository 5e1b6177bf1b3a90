/** In the searched text, one blank replaces each sequence of white space, `*`, `#` and `/`. */
const sentences: readonly { readonly licence: string; readonly sentence: RegExp }[] = [
  { licence: 'Apache-2.0', sentence: /Apache License,? Version 2\.0/i },
  { licence: 'MPL-2.0', sentence: /^.{0,200}Mozilla Public License,? v(ersion|\.) ?2\.0/i },
  { licence: 'AGPL-3.0-only', sentence: /^.{0,200}GNU AFFERO GENERAL PUBLIC LICENSE/ },
  { licence: 'LGPL-3.0-only', sentence: /^.{0,200}GNU LESSER GENERAL PUBLIC LICENSE/ },
  { licence: 'GPL-3.0-only', sentence: /^.{0,200}GNU GENERAL PUBLIC LICENSE/ },
  {
    licence: 'MIT',
    sentence: /Permission is hereby granted, free of charge, to any person obtaining a copy/i,
  },
  { licence: 'ISC', sentence: /Permission to use, copy, modify,? and( or)? distribute this software/i },
  {
    licence: 'BSD-3-Clause',
    sentence: /Redistribution and use in source and binary forms.*(to endorse or promote|Neither the name)/i,
  },
  {
    licence: 'BSD-2-Clause',
    sentence:
      /Redistribution and use in source and binary forms(?!.*(to endorse or promote|Neither the name))/i,
  },
  { licence: 'CC0-1.0', sentence: /CC0 1\.0 Universal/i },
  { licence: 'Unlicense', sentence: /free and unencumbered software released into the public domain/i },
];

/** @returns an SPDX expression, such as `MIT AND ISC`; undefined if the text has no known licence */
export function licenceOfText(text: string): string | undefined {
  const plain = text.replace(/[\s*#/]+/g, ' ').trim();
  const found = sentences.filter(({ sentence }) => sentence.test(plain)).map(({ licence }) => licence);
  return found.length > 0 ? found.join(' AND ') : undefined;
}
