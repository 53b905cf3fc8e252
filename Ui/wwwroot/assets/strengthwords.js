// How strong a password is, in words; the names are those of zxcvbn-ts.

export const strengthWord = [
  "Very easy to guess.",
  "Easy to guess.",
  "Could be guessed with some effort.",
  "Hard to guess.",
  "Very hard to guess.",
];

/** @type {Record<string, string>} */
export const warnings = {
  straightRow: "Avoid rows of keys.",
  keyPattern: "Avoid patterns on the keyboard.",
  simpleRepeat: "Avoid repeated characters.",
  extendedRepeat: "Avoid repeated words and characters.",
  sequences: "Avoid sequences like “abcd”.",
  recentYears: "Avoid years.",
  dates: "Avoid dates.",
  topTen: "It is one of the most common passwords.",
  topHundred: "It is a very common password.",
  common: "It is a common password.",
  similarToCommon: "It is close to a common password.",
  wordByItself: "Add more words.",
  namesByThemselves: "Avoid names.",
  commonNames: "Avoid names.",
  userInputs: "Leave out your email and the name of this service.",
  pwned: "It appeared in a data breach.",
};
