// Words: folded for search, counted and joined in French.
{
  const NUMBERS = new Intl.NumberFormat("fr-FR");

  /** Words only: no accents, case or punctuation. */
  leviers.fold = (text) =>
    text
      .toLowerCase()
      .replaceAll("œ", "oe")
      .replaceAll("æ", "ae")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[^a-z0-9]+/g, " ")
      .trim();

  /** A folded word without its plural mark. */
  leviers.singular = (word) =>
    word.length > 4 && /[sx]$/.test(word) && !/(ss|us|is|as|os)$/.test(word) ? word.slice(0, -1) : word;

  /** « 1 levier », « 2 leviers ». */
  leviers.count = (number, one, many) => `${NUMBERS.format(number)} ${number < 2 ? one : many}`;

  leviers.compare = new Intl.Collator("fr", { numeric: true, sensitivity: "base" }).compare;

  /** First letters of the words that count: « Référent aux usages pédagogiques numériques » gives « rupn ». */
  leviers.initials = (text) =>
    leviers
      .fold(text)
      .split(" ")
      .filter((word) => word.length > 1 && !/^(de|des|du|la|le|les|aux?|et|en|pour|un|une)$/.test(word))
      .map((word) => word[0])
      .join("");

  leviers.lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
}
