/**
 * Short stories for a small language model, made by a grammar: their words are few, but a reader has to keep
 * in mind who is spoken of, what they have and of what colour, where it is, and how many are left.
 */

interface Person {
  readonly name: string;
  readonly kind: "girl" | "boy";
  readonly she: "she" | "he";
  readonly her: "her" | "him";
  readonly hers: "her" | "his";
}

const girl = (name: string): Person => ({
  name,
  kind: "girl",
  she: "she",
  her: "her",
  hers: "her",
});
const boy = (name: string): Person => ({ name, kind: "boy", she: "he", her: "him", hers: "his" });

const people = [
  girl("Mia"),
  boy("Tom"),
  girl("Ida"),
  boy("Ben"),
  girl("Lena"),
  boy("Omar"),
  girl("Noor"),
  boy("Kai"),
];
const animals = ["cat", "dog", "hen", "fox", "goat", "owl", "mouse", "frog"];
const things = ["kite", "ball", "drum", "boat", "hat", "key", "bell", "lamp"];
const colours = ["red", "blue", "green", "white", "black", "yellow"];
/** With the word that says where: on the hill, in the garden. */
const places = ["on the hill", "in the garden", "by the river", "in the wood", "by the mill"];
const qualities = ["old", "small", "young", "tall", "quick", "quiet"];
const fruits = [
  ["apple", "apples"],
  ["pear", "pears"],
  ["nut", "nuts"],
] as const;
const counts = ["no", "one", "two", "three", "four", "five", "six"] as const;
const weathers = [
  { kind: "cold", fell: "snow fell", wear: "coat" },
  { kind: "wet", fell: "rain fell", wear: "boots" },
  { kind: "hot", fell: "the sun shone", wear: "hat" },
] as const;

/** Draws for one story. */
interface Draw {
  one<T>(list: readonly T[]): T;
  /** Different ones of a list. */
  some<T>(count: number, list: readonly T[]): T[];
  whole(least: number, most: number): number;
}

/** Words that stand first in a list come more often: the first of eight three times in ten, the last once in fourteen. */
const lean = 1.7;

function drawing(random: () => number): Draw {
  const place = (length: number) => Math.floor(length * random() ** lean);
  return {
    whole: (least, most) => least + Math.floor(random() * (most - least + 1)),
    one: <T>(list: readonly T[]) => list[place(list.length)] as T,
    some(count, list) {
      const left = [...list];
      return Array.from({ length: count }, () => left.splice(place(left.length), 1)).flat();
    },
  };
}

const a = (word: string) => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A thing is lost, an animal knows where it is. */
function lost(draw: Draw): string {
  const { name, kind, hers } = draw.one(people);
  const [animal, thing, colour, place] = [
    draw.one(animals),
    draw.one(things),
    draw.one(colours),
    draw.one(places),
  ];
  return draw.one([
    `${name} was a ${kind} with ${a(colour)} ${thing}. One day the ${thing} was lost. "Where is my ${colour} ${thing}?" ${name} asked ${a(animal)}. "It is ${place}," said the ${animal}. So ${name} looked ${place}, and there was the ${colour} ${thing}.`,
    `Once a ${kind} named ${name} lost ${hers} ${colour} ${thing}. ${name} asked ${a(animal)} for help. The ${animal} looked ${place} and found the ${thing}. "Here is your ${colour} ${thing}," said the ${animal}. "Thank you," said ${name}.`,
  ]);
}

/** Fruit is given away or found; the sums are right. */
function counted(draw: Draw): string {
  const { name, she } = draw.one(people);
  const animal = draw.one(animals);
  const fruit = draw.one(fruits);
  const of = (n: number) => `${counts[n]} ${n === 1 ? fruit[0] : fruit[1]}`;
  const had = draw.whole(2, 5);
  const gave = draw.whole(1, had - 1);
  const left = had - gave;
  const found = draw.whole(1, 6 - left);
  const given = `${name} had ${of(had)} and gave ${of(gave)} to ${a(animal)}. Now ${name} had ${of(left)}.`;
  return draw.one([
    `${given} The ${animal} ate well, and ${she} was happy.`,
    `${given} Then ${she} found ${of(found)} more. Now ${name} had ${of(left + found)}.`,
  ]);
}

/** Two animals, each with a quality of its own. */
function friends(draw: Draw): string {
  const [one, other] = draw.some(2, animals) as [string, string];
  const [first, second] = draw.some(2, qualities) as [string, string];
  const [here, there] = draw.some(2, places) as [string, string];
  return draw.one([
    `${capital(a(one))} and ${a(other)} lived ${here}. The ${one} was ${first} and the ${other} was ${second}. At night the ${first} ${one} sang, and the ${second} ${other} slept. By day the ${second} ${other} sang, and the ${first} ${one} slept.`,
    `${capital(a(first))} ${one} lived ${here}, and ${a(second)} ${other} lived ${there}. One day the ${one} and the ${other} met. "You are ${second}," said the ${one}. "And you are ${first}," said the ${other}. Then they played ${draw.one([here, there])}.`,
  ]);
}

/** A present, and thanks. */
function given(draw: Draw): string {
  const [giver, taker] = draw.some(2, people) as [Person, Person];
  const [thing, colour, place] = [draw.one(things), draw.one(colours), draw.one(places)];
  return draw.one([
    `${giver.name} made ${a(colour)} ${thing} for ${taker.name}. "Thank you, ${giver.name}," said ${taker.name}. ${taker.name} took ${taker.hers} ${colour} ${thing} and played ${place}, and ${giver.name} came too.`,
    `${taker.name} wanted ${a(colour)} ${thing}. So ${giver.name} made ${taker.her} ${a(thing)}, and the ${thing} was ${colour}. "Is it for me, ${giver.name}?" said ${taker.name}. "Yes, ${taker.name}, it is for you," said ${giver.name}.`,
  ]);
}

/** Each runs after the next. */
function chased(draw: Draw): string {
  const [x, y, z] = draw.some(3, animals) as [string, string, string];
  const place = draw.one(places);
  return draw.one([
    `The ${x} ran after the ${y}, the ${y} ran after the ${z}, and the ${z} hid ${place}. Then the ${x} was tired, the ${y} was tired, and the ${z} was safe.`,
    `The ${x} saw the ${y}, the ${y} saw the ${z}, and the ${z} saw the ${x}. So they all sat down ${place}, the ${x} and the ${y} and the ${z}.`,
  ]);
}

/** What the weather is decides what falls and what is worn. */
function weather(draw: Draw): string {
  const { name, she, hers } = draw.one(people);
  const { kind, fell, wear } = draw.one(weathers);
  const [animal, place] = [draw.one(animals), draw.one(places)];
  return `It was a ${kind} day, and ${fell} ${place}. ${name} put on ${hers} ${wear} and went out. "It is a ${kind} day," said ${name} to the ${animal}. But the ${animal} slept, so ${she} went home.`;
}

const kinds = [lost, counted, friends, given, chased, weather];

/**
 * So many stories, each ending in a line break.
 *
 * @param random uniform on [0, 1)
 */
export function stories(count: number, random: () => number): string[] {
  const draw = drawing(random);
  return Array.from({ length: count }, () => {
    const tell = kinds[draw.whole(0, kinds.length - 1)] as (draw: Draw) => string;
    return `${tell(draw)}\n`;
  });
}

/** The words that the stories are made of, for tests and for what is said about them. */
export const storyWords = { people: people.map(({ name }) => name), animals, things, colours };
