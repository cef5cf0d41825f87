"""Recurrent networks in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/05-recurrent-networks/pytorch.py
"""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence


# region embedding
def embedding(E, indices):  # what nn.Embedding does
    one_hot = F.one_hot(indices, len(E)).to(E.dtype)  # [B, T, V]
    return one_hot @ E  # [B, T, D]; the same as E[indices]
# endregion


# region rnn
class RnnCell(nn.Module):  # nn.RNNCell(I, H) has a second bias, which is only ever added to the first
    def __init__(self, I, H, g=torch.tanh):
        super().__init__()
        bound = H**-0.5
        self.W_x = nn.Parameter(torch.empty(H, I).uniform_(-bound, bound))
        self.W_h = nn.Parameter(torch.empty(H, H).uniform_(-bound, bound))
        self.b_h = nn.Parameter(torch.empty(H).uniform_(-bound, bound))
        self.g = g

    def forward(self, x_t, h):  # [B, I], [B, H]
        a = x_t @ self.W_x.T + h @ self.W_h.T + self.b_h  # [B, H]
        return self.g(a)  # [B, H]
# endregion


# region unroll
def unroll(cell, x, h, truncate=0):  # [B, T, I], [B, H]; nn.RNN runs the whole sequence at once
    states = []
    for i, x_t in enumerate(x.unbind(1)):
        if truncate and i and i % truncate == 0:
            h = h.detach()  # the state goes on, the gradient does not come back
        h = cell(x_t, h)  # [B, H]
        states.append(h)
    return torch.stack(states, 1)  # [B, T, H]
# endregion


# region nextWord
class NextWord(nn.Module):
    def __init__(self, V=12, D=3, H=6):
        super().__init__()
        self.E = nn.Parameter(0.3 * torch.randn(V, D))
        self.cell = RnnCell(D, H)
        nn.init.xavier_uniform_(self.cell.W_x)
        nn.init.eye_(self.cell.W_h)
        nn.init.zeros_(self.cell.b_h)
        self.head = nn.Linear(H, V)  # W_y, b_y
        nn.init.xavier_uniform_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x):  # [B, T] numbers of words
        h_0 = torch.zeros(len(x), len(self.cell.b_h))
        states = unroll(self.cell, embedding(self.E, x), h_0)
        z = self.head(states)  # [B, T, V]
        y = z.softmax(-1)  # [B, T, V]
        return z, y
# endregion


# region stepLosses
def step_losses(z, next):  # [B, T, V], [B, T] numbers of words, −1 after the end
    return F.cross_entropy(z.flatten(0, 1), next.flatten(), ignore_index=-1)
# endregion


# region summedLosses
def summed_losses(y_hat, y, counted):  # [B, T], [B, T], [T] of 0 and 1
    L_t = (y_hat - y).square() * counted  # [B, T]
    return L_t.sum(-1).mean()
# endregion


# region jacobian
def jacobian(h, W_h):  # of a step that ends in h = tanh(a), [B, H]
    slope = 1 - h.square()  # [B, H]
    J = slope[..., None] * W_h  # [B, H, H]
    return J
# endregion


# region clipByGlobalNorm
def clip_by_global_norm(parameters, max):
    return nn.utils.clip_grad_norm_(parameters, max)  # returns the norm as it was
# endregion


# region oneToMany
class Pen(nn.Module):
    def __init__(self, I, H, T):
        super().__init__()
        self.T = T
        self.rnn = nn.RNN(I, H, batch_first=True)
        self.head = nn.Linear(H, 2)  # W_y, b_y

    def forward(self, x):  # [m, I]
        silence = x.new_zeros(len(x), self.T - 1, x.shape[1])
        xs = torch.cat([x[:, None], silence], 1)  # [m, T, I]: an input at step 1 alone
        states, _ = self.rnn(xs)  # [m, T, H]
        return self.head(states)  # [m, T, 2]
# endregion


# region manyToOne
class Judge(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D, padding_idx=0)
        self.rnn = nn.RNN(D, H, batch_first=True)
        self.head = nn.Linear(H, 1)

    def forward(self, x):  # [m, T], 0 past the end
        lengths = (x > 0).sum(1).cpu()
        words = pack_padded_sequence(self.embedding(x), lengths, True, enforce_sorted=False)
        _, last = self.rnn(words)  # [1, m, H]: each sentence's own last state
        return self.head(last[0]).sigmoid().squeeze(-1)  # [m]
# endregion


# region manyToMany
class Tagger(nn.Module):
    def __init__(self, V, D, H, K):
        super().__init__()
        self.embedding = nn.Embedding(V, D, padding_idx=0)
        self.rnn = nn.RNN(D, H, batch_first=True)
        self.head = nn.Linear(H, K)

    def forward(self, x):  # [m, T]
        states, _ = self.rnn(self.embedding(x))
        return self.head(states).softmax(-1)  # [m, T, K]
# endregion


# region freeRunning
class Clock(nn.Module):
    def __init__(self, V, D, H, K):
        super().__init__()
        self.embedding = nn.Embedding(V, D, padding_idx=0)
        self.encoder = nn.GRU(D, H, batch_first=True)
        self.decoder = nn.GRU(K, H, batch_first=True)
        self.head = nn.Linear(H, K)

    def forward(self, x, steps):  # [m, T]: words of one length
        _, h = self.encoder(self.embedding(x))  # all that is known of the words
        sign = x.new_zeros(len(x), 1, self.head.out_features).float()  # before the first: none
        logits = []
        for _ in range(steps):
            state, h = self.decoder(sign, h)  # [m, 1, H]
            logits.append(self.head(state))
            sign = F.one_hot(logits[-1].argmax(-1), self.head.out_features).float()
        return torch.cat(logits, 1)  # [m, steps, K]
# endregion


# region characterModel
class Characters(nn.Module):
    def __init__(self, V, H):
        super().__init__()
        self.rnn = nn.RNN(V, H, batch_first=True)
        self.head = nn.Linear(H, V)

    def forward(self, x, tau=1.0, h=None):  # [m, N] numbers of characters
        V = self.head.out_features
        states, h = self.rnn(F.one_hot(x, V).float(), h)
        p = (self.head(states) / tau).softmax(-1)  # [m, N, V]
        return p, h
# endregion


# region writing
@torch.no_grad()
def write(model, begin, steps, tau=1.0):  # [1, n]
    p, h = model(begin, tau)
    said = []
    for _ in range(steps):
        said.append(torch.multinomial(p[:, -1], 1))  # [1, 1]: a draw by these chances
        p, h = model(said[-1], tau, h)
    return torch.cat(said, 1)  # [1, steps]
# endregion


# region step
def step(model, optimiser, loss, clip_norm=0.0):
    optimiser.zero_grad()
    loss.backward()
    if clip_norm:
        clip_by_global_norm(model.parameters(), clip_norm)
    optimiser.step()
# endregion


def cell_agrees():
    """The formula, and PyTorch's own module with one of its two biases zero."""
    cell, own = RnnCell(3, 5), nn.RNN(3, 5, batch_first=True)
    with torch.no_grad():
        own.weight_ih_l0.copy_(cell.W_x)
        own.weight_hh_l0.copy_(cell.W_h)
        own.bias_ih_l0.copy_(cell.b_h)
        own.bias_hh_l0.zero_()
    x = torch.randn(2, 7, 3)
    assert torch.allclose(unroll(cell, x, torch.zeros(2, 5)), own(x)[0], atol=1e-6)
    print("RnnCell, unrolled, computes what nn.RNN does")


def jacobian_agrees():
    """diag(g′(a)) W_h, and what autograd says."""
    cell, x_t, h = RnnCell(3, 4), torch.randn(1, 3), torch.randn(1, 4)
    found = torch.autograd.functional.jacobian(lambda before: cell(x_t, before)[0], h)[:, 0]
    assert torch.allclose(jacobian(cell(x_t, h), cell.W_h)[0], found, atol=1e-6)
    print("diag(g′(a)) W_h is the Jacobian of a step")


def sentences():
    """The grammar of the lab: the verb agrees with its subject, whatever stands between."""
    numbers = ((("dog", "cat"), ("runs", "sleeps")), (("dogs", "cats"), ("run", "sleep")))
    nouns = [noun for own, _ in numbers for noun in own]
    for own, verbs in numbers:
        for noun in own:
            subjects = [["the", noun], ["the", "old", noun]]
            subjects += [["the", noun, "near", "the", other] for other in nouns]
            for verb in verbs:
                yield from (subject + [verb, "."] for subject in subjects)


def agree(steps=300):
    """Trains on all 48 sentences, and asks for the verb."""
    vocabulary = "the old near dog dogs cat cats runs run sleeps sleep .".split()
    index = {word: i for i, word in enumerate(vocabulary)}
    rows = [[index[word] for word in words] for words in sentences()]
    longest = max(map(len, rows)) - 1
    x = torch.tensor([row[:-1] + [0] * (longest + 1 - len(row)) for row in rows])
    following = torch.tensor([row[1:] + [-1] * (longest + 1 - len(row)) for row in rows])
    model = NextWord()
    optimiser = torch.optim.Adam(model.parameters(), 0.05)
    for _ in range(steps):
        loss = step_losses(model(x)[0], following)
        step(model, optimiser, loss)
    asked = "the dog near the cats"
    y = model(torch.tensor([[index[word] for word in asked.split()]]))[1][0, -1]
    best = ", ".join(f"{vocabulary[i]} {y[i].item():.2f}" for i in y.topk(2).indices)
    print(f"{len(rows)} sentences, loss {loss.item():.3f}; after “{asked}”: {best}")


def shapes_agree():
    """Each of the other models once, on anything: the shapes of what comes out."""
    words = torch.tensor([[1, 2, 3, 4], [5, 6, 0, 0]])
    assert Pen(12, 8, 20)(torch.randn(3, 12)).shape == (3, 20, 2)
    assert Judge(9, 4, 8)(words).shape == (2,)
    assert Tagger(9, 4, 8, 5)(words).shape == (2, 4, 5)
    assert Clock(9, 4, 8, 12)(words, 6).shape == (2, 6, 12)
    assert write(Characters(30, 8), torch.tensor([[3, 1, 4]]), 10, 0.7).shape == (1, 10)
    print("the four shapes and the model of characters run")


if __name__ == "__main__":
    torch.manual_seed(0)
    cell_agrees()
    jacobian_agrees()
    shapes_agree()
    agree()
