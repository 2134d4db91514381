/** How well a text fits what was typed: 0 not at all, more for beginnings of words and for words side by side. Accents and case do not count. */
export function matchScore(typed: string, title: string, words = ''): number {
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  const name = fold(title);
  const more = fold(words);
  let score = 0;
  for (const word of wanted) {
    const at = name.indexOf(word);
    if (at === 0) score += 4;
    else if (at > 0) score += /\W/.test(name[at - 1] ?? '') ? 3 : 1.5;
    else if (more.includes(word)) score += 1;
    else return 0;
  }
  return wanted.length > 1 && name.includes(fold(typed).trim()) ? score + 2 : score;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
