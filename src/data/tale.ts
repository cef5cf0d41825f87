/**
 * A tale of our own for a model that reads letter by letter: small words, a refrain, speech in quotation
 * marks, short lines. About 7,700 characters.
 */
export const tale = `The fox and the lost moon.

Once, in the deep of the winter, a fox went down to the river to drink.
The river was black. The river was cold. There was no moon in the river.
“Where is the moon?” said the fox.
“I do not know,” said the river. “She was here last night, and the night before.”
So the fox shook the snow from his tail, and he went to look for the moon.

By the bridge he met a hen in the snow.
“Good hen,” said the fox, “have you seen the moon?”
“I have not seen the moon,” said the hen, “and I will not come near you.”
“I have no time to eat,” said the fox. “The moon is lost, and the night is long.”
“Then I will walk with you,” said the hen, “but I will walk behind.”
So the fox went on, and the hen went on, and the snow came down on the two of them.

By the mill they met a cat on the wall.
“Good cat,” said the fox, “have you seen the moon?”
“I have seen the mice,” said the cat, “and I have seen the miller, but I have not seen the moon.”
“Then walk with us,” said the hen, “for the moon is lost, and the night is long.”
“I will walk with you,” said the cat, “but I will walk on the wall.”
So the fox went on, and the hen went on, and the cat went on, and the snow came down on the three of them.

By the well they met a goat with a bell.
“Good goat,” said the fox, “have you seen the moon?”
“I have looked in the well,” said the goat, “and there was a star in the well, but there was no moon.”
“Then walk with us,” said the cat, “for the moon is lost, and the night is long.”
“I will walk with you,” said the goat, “but I will ring my bell.”
So the fox went on, and the hen went on, and the cat went on, and the goat went on with the bell, and the snow came down on the four of them.

In the wood they met an owl in an oak.
“Good owl,” said the fox, “have you seen the moon?”
“Who?” said the owl.
“The moon,” said the hen. “The old white moon. She was here last night, and the night before.”
“I have seen her,” said the owl. “She went over the hill, and she went in a hurry, and she did not say a word.”
“Which hill?” said the goat.
“The high hill,” said the owl. “The cold hill. The hill with the tower and the light.”
“Then fly with us,” said the cat, “for the moon is lost, and the night is long.”
“I will fly with you,” said the owl, “but I will fly high.”
So they went on, the fox and the hen and the cat and the goat, and the owl flew over the five of them, and the snow came down on them all.

The wood was dark, and the wood was deep.
The hen walked nearer to the goat, and the goat walked nearer to the fox.
“What was that?” said the hen.
“That was the wind,” said the goat.
“And what was that?” said the cat.
“That was a tree,” said the fox. “A tree talks in the winter, when there is snow in its hair.”
“And what was that?” said the owl.
And nobody knew what that was.

It was a bear, and the bear was awake, and a bear that is awake in the winter is not a glad bear.
“Who walks in my wood?” said the bear. “Who rings a bell in my wood, when I want to sleep?”
“It is only a fox,” said the fox, “and a hen, and a cat, and a goat, and an owl. The moon is lost, and we walk to find her.”
“The moon?” said the bear, and he sat down in the snow. “Is it the moon that is lost? I thought that it was I. I woke, and there was no light at my door, and I did not know my own wood.”
“Then walk with us,” said the fox, “for the moon is lost, and the night is long.”
“I will walk with you,” said the bear, “and I will walk in front.”
So the bear went in front, and the snow was deep, but the bear was wide, and behind the bear there was a road.

They came to the foot of the high hill, and the hill was steep.
“I am small,” said the hen. “I am small, and the hill is high.”
“Sit on my back,” said the goat, “and hold on to the bell.”
So the hen sat on the back of the goat, and she held on to the bell, and the bell did not ring.
They went up, and up, and the wind was cold, and the wind was loud.
“How far is it now?” said the cat.
“Not far,” said the owl.
“How far is it now?” said the bear.
“Not far,” said the owl, “but high.”

On the top of the hill there was a tower, and in the tower there was a door, and under the door there was a light.
The fox knocked at the door. Nobody came.
The goat knocked at the door. Nobody came.
The bear did not knock. The bear leaned on the door, and the door was open.

In the tower there was a stair, and on the stair there was a girl, and in the lap of the girl there was the moon.
The moon was small. The moon was thin. The moon was as pale as milk.
“Hush,” said the girl. “She is asleep.”
“What have you done with the moon?” said the fox.
“I have done no harm,” said the girl. “She came to my window in the night, and she was cold, and she was so thin that I could see the stars through her. So I gave her some soup, and I gave her my coat, and I said that she could stay.”
“But the night is dark,” said the owl.
“But the river is black,” said the fox.
“But there is no light at my door,” said the bear.
The girl looked at the fox and the hen and the cat, and she looked at the goat and the owl and the bear.
“I did not know,” said the girl, “that the moon had so many friends.”

Then the moon woke, and she looked at them all.
“Who has come?” said the moon.
“It is only a fox,” said the fox, “and a hen, and a cat, and a goat, and an owl, and a bear. You were lost, and the night was long.”
“I was not lost,” said the moon. “I was tired. I am thin in the winter, and I grow, and I am round, and I am thin again. It is a long way over the hill, and nobody walks with me.”
“I will walk with you,” said the fox.
“And I will walk with you,” said the hen, “and I will not walk behind.”
“And I will walk on the wall,” said the cat.
“And I will ring my bell,” said the goat.
“And I will fly high,” said the owl, “as high as you.”
“And I will sleep,” said the bear, “but I will leave my door open.”

So the girl took the coat from the moon, and she opened the window, and the snow had come to an end.
The moon went out of the window, slow and thin and white.
She went over the hill, and she went over the wood, and there was a light at the door of the bear.
She went over the well, and over the mill, and over the bridge.
And the fox ran under her all the way, and the hen ran behind the fox, and the cat ran on the wall, and the goat rang the bell.

Down by the river the fox stood still to drink.
The river was white. The river was cold. The moon was in the river.
“There you are,” said the river.
“Here I am,” said the moon.
And the fox said not a word, but he drank, and the moon in the river went into rings, and the rings went wide, and the rings were gone, and the moon was there again.

That was the night of the long snow.
Now, when the moon is thin, the people by the mill put a light in the window, and the people by the well put a light at the door.
“What is it for?” say the children.
“It is for the moon,” say the old ones. “It is a long way over the hill.”
And if the night is cold, and if you look down to the river, you may see a fox in the snow.
He does not hunt, and he does not hide.
He looks up, and he walks when she walks, and he stands when she stands.
“Good fox,” you may say, “what have you lost?”
“I have lost nothing,” says the fox. “I walk with a friend, for the night is long.”

And the hen? The hen sleeps in the house of the goat, and the bell hangs over the door.
And the cat? The cat has the wall, and the mill, and the mice, and a place by the fire when the wind is loud.
And the owl says “Who?” in the oak, for the owl likes to ask, and she knows the answer.
And the bear sleeps all the winter, with a light at his door, and he does not wake until the snow is gone, and the river runs over the stones, and the hill is green again.
`;
