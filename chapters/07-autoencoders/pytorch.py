"""Autoencoders in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/07-autoencoders/pytorch.py
"""

import torch
from torch import nn
from torch.nn import functional as F


def network(*sizes):
    """A multilayer perceptron: ReLU between its layers, none at its end."""
    layers = []
    for n, k in zip(sizes, sizes[1:]):
        layers += [nn.Linear(n, k), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


# region autoencoder
class Autoencoder(nn.Module):
    def __init__(self, n=256, hidden=64, d=8, f=nn.Identity()):
        super().__init__()
        self.encoder = network(n, hidden, d)
        self.decoder = network(d, hidden, n)
        self.f = f

    def forward(self, x):  # [m, n]
        h = self.f(self.encoder(x))  # [m, d]
        x_hat = self.decoder(h).sigmoid()  # [m, n]
        return h, x_hat
# endregion


# region reconstructionError
def reconstruction_error(x, x_hat):
    e = (x - x_hat).square().sum(-1)  # [m]
    E = e.mean()
    return e, E
# endregion


# region penalty
def loss(model, x, sparsity=None):
    h, x_hat = model(x)
    _, E = reconstruction_error(x, x_hat)
    R = sparsity(h) if sparsity else 0
    L = E + R
    return L
# endregion


# region l1Sparsity
def l1_sparsity(h, lambda_):  # [m, d]
    return lambda_ * h.abs().sum(-1).mean()
# endregion


# region klSparsity
def kl_sparsity(h, rho, lambda_):  # [m, d], each from 0 to 1
    rho_hat = h.mean(0).clamp(1e-6, 1 - 1e-6)  # [d]
    on = rho * (rho / rho_hat).log()
    off = (1 - rho) * ((1 - rho) / (1 - rho_hat)).log()
    return lambda_ * (on + off).sum()
# endregion


# region denoising
def denoising_loss(model, x, share):
    kept = torch.rand_like(x) >= share
    x_tilde = x * kept  # [m, n]
    h, x_hat = model(x_tilde)
    e, E = reconstruction_error(x, x_hat)  # with x, not with x_tilde
    return E
# endregion


# region judged
def judged(normal, odd, threshold):  # errors e of both kinds
    caught = (odd > threshold).float().mean()
    false_alarms = (normal > threshold).float().mean()
    return caught, false_alarms
# endregion


# region integrand
def divergence(q, p, z):  # two distributions, [G] points at equal distances
    integrand = q.log_prob(z).exp() * (q.log_prob(z) - p.log_prob(z))  # [G]
    return integrand.sum() * (z[1] - z[0])
# endregion


# region gaussianKlBetween
def gaussian_kl_between(q, p):  # torch.distributions.kl_divergence(q, p) is the same
    far = (q.mean - p.mean).square()
    ratio = (q.variance + far) / p.variance
    KL_qp = (p.variance.log() - q.variance.log() + ratio - 1) / 2
    return KL_qp  # and KL_pq with the two exchanged
# endregion


# region monteCarlo
def monte_carlo(q, p, n):
    z = q.sample((n,))  # [n]
    log_ratio = q.log_prob(z) - p.log_prob(z)  # [n]
    return log_ratio.mean()
# endregion


# region encode
def encode(encoder, x):
    mu, log_var = encoder(x).chunk(2, dim=1)  # [m, d] each
    return mu, log_var
# endregion


# region reparameterise
def reparameterise(mu, log_var):
    sigma = (log_var / 2).exp()  # [m, d]
    epsilon = torch.randn_like(sigma)
    z = mu + sigma * epsilon  # [m, d]; Normal(mu, sigma).rsample() is the same
    return z
# endregion


# region plainSample
def plain_sample(mu, log_var):
    with torch.no_grad():
        z = reparameterise(mu, log_var)  # Normal(mu, sigma).sample() is the same
    return z
# endregion


# region scoreFunction
def score_function(f, mu, log_var, z, baseline=0):  # z a plain draw
    sigma = (log_var / 2).exp()
    log_q = torch.distributions.Normal(mu, sigma).log_prob(z).sum(-1)  # [m]
    nothing = log_q - log_q.detach()  # 0, with the gradient of log q
    return f + (f - baseline).detach() * nothing  # [m]
# endregion


# region estimates
def estimates(decoder, mu, log_var, x, S=500):
    """S draws for one picture; what each of them says of the gradient at mu, in both ways."""
    def copies():
        return [of.detach().repeat(S, 1).requires_grad_() for of in (mu, log_var)]  # [S, d]

    path, score = copies(), copies()
    z = reparameterise(*path)  # [S, d]
    f = bernoulli_cost(decoder(z), x)  # [S]
    f_score = score_function(f.detach(), *score, z.detach())
    (f.sum() + f_score.sum()).backward()
    return path[0].grad, score[0].grad  # [S, d] each
# endregion


# region gaussianKl
def gaussian_kl(mu, log_var):
    return (mu.square() + log_var.exp() - 1 - log_var) / 2  # [m, d]
# endregion


def bernoulli_cost(logits, x):
    x = x.expand_as(logits)
    return F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(-1)  # [m]


# region negativeElbo
def negative_elbo(cost, kl, beta=1.0, free_bits=0.0):
    KL_d = kl.mean(0)  # [d]
    KL = KL_d.sum()
    charged = KL_d.clamp(min=free_bits).sum() if free_bits > 0 else KL
    reconstruction = cost.mean()
    ELBO = -reconstruction - beta * charged
    L = -ELBO
    return L
# endregion


# region conditional
class ConditionalVae(nn.Module):
    def __init__(self, n=256, hidden=96, d=2, classes=10):
        super().__init__()
        self.encoder = network(n + classes, hidden, 2 * d)
        self.decoder = network(d + classes, hidden, n)
        self.classes = classes

    def forward(self, x, y):  # [m, n], [m]
        y = F.one_hot(y, self.classes).float()  # [m, 10]
        mu, log_var = encode(self.encoder, torch.cat([x, y], 1))
        z = reparameterise(mu, log_var)  # [m, d]
        logits = self.decoder(torch.cat([z, y], 1))
        x_hat = logits.sigmoid()
        return mu, log_var, z, logits, x_hat
# endregion


def step(optimiser, loss):
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


def blobs(m, n=16):
    """Pictures told by two numbers, in the place of digits: a soft spot somewhere on a sheet."""
    at = torch.rand(m, 2) * 0.8 + 0.1  # [m, 2]
    axis = (torch.arange(n) + 0.5) / n
    down = axis[:, None] - at[:, None, None, 1]
    across = axis[None, :] - at[:, None, None, 0]
    return torch.exp(-(down.square() + across.square()) / 0.02).flatten(1)  # [m, n²]


def autoencoder_learns(steps=300):
    for name, sparsity in (("narrow", None), ("sparse", lambda h: l1_sparsity(h, 0.1))):
        model = Autoencoder(d=4, f=nn.ReLU() if sparsity else nn.Identity())
        optimiser = torch.optim.Adam(model.parameters(), 0.01)
        first = loss(model, blobs(500), sparsity).item()
        for _ in range(steps):
            step(optimiser, loss(model, blobs(64), sparsity))
        last = loss(model, blobs(500), sparsity).item()
        print(f"{name}: loss {first:.1f} at first, {last:.2f} after {steps} steps")
        assert last < first / 3


def penalties_agree():
    """KL between coins, and what torch.distributions says."""
    h = torch.rand(50, 6) * 0.8 + 0.1
    coins = torch.distributions.Bernoulli
    found = torch.distributions.kl_divergence(coins(torch.tensor(0.05)), coins(h.mean(0))).sum()
    assert torch.allclose(kl_sparsity(h, 0.05, 1.0), found, atol=1e-5)
    model = Autoencoder(d=3)
    assert denoising_loss(model, torch.rand(4, 256), 0.0) > 0
    print("the penalty by KL is the divergence of two coins")


def divergences_agree():
    """Closed form, integral on a grid, draws, and torch's own."""
    q = torch.distributions.Normal(torch.tensor(-1.0), torch.tensor(0.7))
    p = torch.distributions.Normal(torch.tensor(1.0), torch.tensor(1.3))
    z = torch.linspace(-8, 8, 641)
    for a, b, name in ((q, p, "KL(q ‖ p)"), (p, q, "KL(p ‖ q)")):
        exact = gaussian_kl_between(a, b)
        assert torch.allclose(exact, torch.distributions.kl_divergence(a, b), atol=1e-5)
        assert torch.allclose(exact, divergence(a, b, z), atol=1e-3)
        drawn = monte_carlo(a, b, 100_000)
        assert abs(drawn - exact) < 0.1
        print(f"{name} = {exact.item():.3f} nats; from 100,000 draws {drawn.item():.3f}")


def estimates_agree():
    """The trick and the score function: the same mean, and another spread."""
    decoder = network(2, 16, 256)
    mu, log_var, x = torch.tensor([[0.3, -0.2]]), torch.tensor([[-1.0, -1.5]]), blobs(1)
    trick, score = estimates(decoder, mu, log_var, x, 200_000)
    slack = 5 * score.std(0) / 200_000**0.5
    assert ((trick.mean(0) - score.mean(0)).abs() < slack).all()
    ratio = (score.var(0) / trick.var(0)).tolist()
    print("as many draws by the score for one by the trick:", ", ".join(f"{r:.0f}" for r in ratio))
    assert not plain_sample(mu.requires_grad_(), log_var).requires_grad


def vae_learns(steps=300):
    model = ConditionalVae(classes=1)
    optimiser = torch.optim.Adam(model.parameters(), 0.003)
    told = torch.zeros(64, dtype=torch.long)
    losses = []
    for _ in range(steps):
        x = blobs(64)
        mu, log_var, _, logits, _ = model(x, told)
        kl = gaussian_kl(mu, log_var)
        normal = torch.distributions.Normal
        exact = torch.distributions.kl_divergence(normal(mu, (log_var / 2).exp()), normal(0.0, 1.0))
        assert torch.allclose(kl, exact, atol=1e-4)
        L = negative_elbo(bernoulli_cost(logits, x), kl)
        step(optimiser, L)
        losses.append(L.item())
    print(f"VAE: loss {losses[0]:.1f} at first, {losses[-1]:.1f} after {steps} steps")
    assert losses[-1] < losses[0] / 2


if __name__ == "__main__":
    torch.manual_seed(0)
    penalties_agree()
    divergences_agree()
    estimates_agree()
    autoencoder_learns()
    vae_learns()
