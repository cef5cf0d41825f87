"""LSTM and GRU in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/06-lstm-and-gru/pytorch.py
"""

import math

import torch
from torch import nn
from torch.nn import functional as F


# region lstm
class LSTMCell(nn.Module):  # what nn.LSTM does at each step
    def __init__(self, I, H):
        super().__init__()
        self.W = nn.Linear(I, 4 * H)  # W_i, W_f, W_c, W_o, one under the other
        self.U = nn.Linear(H, 4 * H, bias=False)

    def forward(self, x_t, before):  # [B, I], ([B, H], [B, H])
        h, cellState = before  # h_{t−1}, c_{t−1}
        z_i, z_f, z_c, z_o = (self.W(x_t) + self.U(h)).chunk(4, dim=1)  # [B, H] each
        i, f, o = z_i.sigmoid(), z_f.sigmoid(), z_o.sigmoid()
        c_tilde = z_c.tanh()
        c = f * cellState + i * c_tilde
        h = o * c.tanh()
        return h, c
# endregion


# region gru
class GRUCell(nn.Module):  # what nn.GRU does at each step
    def __init__(self, I, H):
        super().__init__()
        self.W = nn.Linear(I, 3 * H)  # W_r, W_z, W_h
        self.U = nn.Linear(H, 3 * H, bias=False)  # U_r, U_z, U_h
        self.b_hn = nn.Parameter(torch.zeros(H))

    def forward(self, x_t, before):  # [B, I], [B, H]
        Wx_r, Wx_z, Wx_h = self.W(x_t).chunk(3, dim=1)  # [B, H] each
        Uh_r, Uh_z, Uh_h = self.U(before).chunk(3, dim=1)  # [B, H] each
        r = (Wx_r + Uh_r).sigmoid()
        z = (Wx_z + Uh_z).sigmoid()
        h_tilde = (Wx_h + r * (Uh_h + self.b_hn)).tanh()
        return z * before + (1 - z) * h_tilde
# endregion


# region jacobian
def jacobian(cell, x, state, t):  # ∂c_T/∂c_t of an LSTM, [H, H]; x is [T, I]
    h, c = state
    for x_s in x[:t]:
        h, c = cell(x_s[None], (h, c))  # [1, H] each

    def rest(c):
        now = (h, c)
        for x_s in x[t:]:
            now = cell(x_s[None], now)
        return now[1]

    def from_c(c_t):  # h_t is made of c_t, so it moves along
        nonlocal h
        h = output_gate * c_t.tanh()
        return rest(c_t)

    output_gate = h / c.tanh()  # o_t
    return torch.autograd.functional.jacobian(from_c, c).reshape(c.shape[1], -1)
# endregion


# region start
def start(lstm, b_f=None, longest=None):
    """Starts the biases of an nn.LSTM: the forget gate at b_f, or by chrono for times up to `longest`."""
    H = lstm.hidden_size
    with torch.no_grad():
        for bias in (lstm.bias_ih_l0, lstm.bias_hh_l0):
            bias.zero_()
        i, f = slice(0, H), slice(H, 2 * H)  # PyTorch's order: i, f, c, o
        if longest is None:
            lstm.bias_ih_l0[f] = b_f
        else:  # b_f = log u, u uniform on [1, T − 1]; b_i = −b_f
            lstm.bias_ih_l0[f] = torch.empty(H).uniform_(1, longest - 1).log()
            lstm.bias_ih_l0[i] = -lstm.bias_ih_l0[f]
# endregion


# region recall
class Recall(nn.Module):  # "rnn", "lstm" or "gru", and an answer at the end
    def __init__(self, kind, symbols, H, answers):
        super().__init__()
        self.symbols = symbols
        self.cell = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind](symbols, H, batch_first=True)
        self.head = nn.Linear(H, answers)

    def forward(self, x):  # [B, T], places in the alphabet
        states, _ = self.cell(F.one_hot(x, self.symbols).float())  # [B, T, H]
        return self.head(states[:, -1])  # the logits: [B, 4]
# endregion


# region ablation
def ablated(cell, x, keep):  # [B, T, I], [H]: 0 takes a unit out
    h = c = x.new_zeros(len(x), len(keep))
    states = []
    for x_t in x.unbind(1):
        h, c = cell(x_t, (h, c * keep))
        states.append(h)
    return torch.stack(states, 1)  # [B, T, H]
# endregion


# region speaking
def priced(L_data, h, price):  # λ times the mean over all steps of Σ |h|
    R = price * h.abs().sum(-1).mean()
    return L_data + R
# endregion


def cells_agree():
    """The formulae above, and PyTorch's own modules."""
    I, H, B, T = 3, 5, 2, 7
    x = torch.randn(B, T, I)
    own, theirs = LSTMCell(I, H), nn.LSTM(I, H, batch_first=True)
    theirs.load_state_dict({
        "weight_ih_l0": own.W.weight, "weight_hh_l0": own.U.weight,
        "bias_ih_l0": own.W.bias, "bias_hh_l0": torch.zeros(4 * H),
    })
    h = c = torch.zeros(B, H)
    for t in range(T):
        h, c = own(x[:, t], (h, c))
    _, (h_T, c_T) = theirs(x)
    assert torch.allclose(h, h_T[0], atol=1e-6) and torch.allclose(c, c_T[0], atol=1e-6)

    own, theirs = GRUCell(I, H), nn.GRU(I, H, batch_first=True)
    nn.init.normal_(own.b_hn)
    theirs.load_state_dict({
        "weight_ih_l0": own.W.weight, "weight_hh_l0": own.U.weight, "bias_ih_l0": own.W.bias,
        "bias_hh_l0": torch.cat([torch.zeros(2 * H), own.b_hn]),
    })
    h = torch.zeros(B, H)
    for t in range(T):
        h = own(x[:, t], h)
    assert torch.allclose(h, theirs(x)[1][0], atol=1e-6)
    print("LSTMCell and GRUCell compute what nn.LSTM and nn.GRU do")


def jacobian_agrees():
    """The Jacobian above, and central differences."""
    torch.set_default_dtype(torch.float64)
    cell, x = LSTMCell(3, 4), torch.randn(12, 3)
    zero = torch.zeros(1, 4)
    J = jacobian(cell, x, (zero, zero), 5)
    h, c = zero, zero
    for x_s in x[:5]:
        h, c = cell(x_s[None], (h, c))
    o, step = h / c.tanh(), 1e-5
    for k in range(4):
        ends = []
        for sign in (1, -1):
            c_t = c.clone()
            c_t[0, k] += sign * step
            now = (o * c_t.tanh(), c_t)
            for x_s in x[5:]:
                now = cell(x_s[None], now)
            ends.append(now[1])
        assert torch.allclose(J[:, k], (ends[0] - ends[1])[0] / (2 * step), atol=1e-7)
    torch.set_default_dtype(torch.float32)
    print("its gradient through time is the finite difference")


def latch(examples, T, generator):
    """Values ±1 at every step, of which some are to be written and some asked for."""
    value = torch.randint(0, 2, (examples, T), generator=generator) * 2.0 - 1
    drawn = torch.rand(examples, T, generator=generator)
    write, read = drawn < 0.25, (drawn >= 0.25) & (drawn < 0.5)
    y, stored = torch.zeros(examples, T), torch.zeros(examples)
    for t in range(T):
        stored = torch.where(write[:, t], value[:, t], stored)
        y[:, t] = stored * read[:, t]
    return torch.stack([value, write.float(), read.float()], -1), y


def learn_latch(module, H, seed, steps=150):
    torch.manual_seed(seed)
    x, y = latch(64, 14, torch.Generator().manual_seed(7))
    net, head = module(3, H, batch_first=True), nn.Linear(H, 1)
    if module is nn.LSTM:
        start(net, b_f=1.0)
    optimiser = torch.optim.Adam([*net.parameters(), *head.parameters()], 0.1)
    for _ in range(steps):
        y_hat = head(net(x)[0]).squeeze(-1)
        optimiser.zero_grad()
        F.mse_loss(y_hat, y).backward()
        optimiser.step()
    return ((y_hat - y).abs() < 0.5).float().mean().item()


if __name__ == "__main__":
    torch.manual_seed(0)
    cells_agree()
    jacobian_agrees()
    print(f"sigmoid(1)^40 = {torch.sigmoid(torch.tensor(1.0)).item() ** 40:.1e}")
    print(f"a forget bias for 40 steps: {math.log(39):.2f}")
    for module in (nn.LSTM, nn.GRU):
        for H in (1, 4):
            shares = [learn_latch(module, H, seed) for seed in range(6)]
            print(module.__name__, H, [f"{share:.2f}" for share in shares])
