// How strong a password is, in words; the names are those of zxcvbn-ts.

export const strengthWord = [
  "Very easy to guess.",
  "Easy to guess.",
  "Could be guessed by somebody who tries hard.",
  "Hard to guess.",
  "Very hard to guess.",
];

export const warnings = {
  straightRow: "Keys in a row are tried early.",
  keyPattern: "Short patterns on the keyboard are tried early.",
  simpleRepeat: "The same character again and again adds little.",
  extendedRepeat: "The same piece again and again adds little.",
  sequences: "Sequences like “abcd” are tried early.",
  recentYears: "Years are tried early.",
  dates: "Dates are tried early.",
  topTen: "It is one of the most common passwords.",
  topHundred: "It is a very common password.",
  common: "It is a common password.",
  similarToCommon: "It is close to a common password.",
  wordByItself: "Add more words: one alone is tried early.",
  namesByThemselves: "Names are tried early.",
  commonNames: "Names are tried early.",
  userInputs: "Leave out your address and the name of this service.",
  pwned: "It is known from a leak.",
};
