"""Convolution, pooling, a kernel that is learnt and a small CNN, in PyTorch: the twin of this chapter's models.

    python3 chapters/04-convolution/pytorch.py    # checks itself; needs PyTorch
"""

import torch
import torch.nn.functional as F
from torch import nn

# Pictures lie channels first here: [m, c, h, w].


# region convolution
def convolution(W, b, x, stride=1, padding=0, dilation=1):
    c_out, _, k, _ = W.shape
    patches = F.unfold(x, k, dilation, padding, stride)  # [m, c_in·k·k, h′·w′]
    kernels = W.reshape(c_out, -1)  # [c_out, c_in·k·k]
    z = kernels @ patches + b[:, None]  # [m, c_out, h′·w′]
    rows = output_size(x.shape[2], k, stride, padding, dilation)
    return z.unflatten(2, (rows, -1))  # [m, c_out, h′, w′]

# In one call: F.conv2d(x, W, b, stride, padding, dilation), or as a layer nn.Conv2d(c_in, c_out, k).
# endregion


# region outputSize
def output_size(size, kernel, stride=1, padding=0, dilation=1):
    span = dilation * (kernel - 1) + 1
    return (size + 2 * padding - span) // stride + 1
# endregion


# region convolutionCount
def convolution_count(kernel, c_in, c_out):
    return sum(p.numel() for p in nn.Conv2d(c_in, c_out, kernel).parameters())
# endregion


# region maxPool
def max_pool(a, size, stride=None):  # the same as nn.MaxPool2d(size, stride)
    return F.max_pool2d(a, size, stride)  # [m, c, h′, w′]
# endregion


# region averagePool
def average_pool(a, size, stride=None):  # the same as nn.AvgPool2d(size, stride)
    return F.avg_pool2d(a, size, stride)  # [m, c, h′, w′]
# endregion


# region learn
def learn(x, y, k=3, steps=300):  # [m, 1, n, n], [m, 1, h′, w′]
    conv = nn.Conv2d(1, 1, k)
    optimiser = torch.optim.Adam(conv.parameters(), 0.05)
    for _ in range(steps):
        L = F.mse_loss(conv(x), y)
        optimiser.zero_grad()
        L.backward()
        optimiser.step()
    return conv.weight, L
# endregion


# region cnn
class CNN(nn.Module):
    def __init__(self, size=16, maps=(8, 16), classes=10):
        super().__init__()
        channels = (1, *maps)
        self.convs = nn.ModuleList(
            nn.Conv2d(c_in, c_out, 3, padding=1) for c_in, c_out in zip(channels, maps)
        )
        left = size // 2 ** len(maps)  # cells a side after all pooling
        self.output = nn.Linear(maps[-1] * left * left, classes)

    def forward(self, x):  # [m, 1, 16, 16]
        p = x
        for W in self.convs:
            z = W(p)  # [m, c, h, w]
            a = F.relu(z)
            p = F.max_pool2d(a, 2)  # [m, c, h/2, w/2]
        return self.output(p.flatten(1))  # [m, 10]
# endregion


# region read
def read(net, x):
    logits = net(x)  # [m, 10]
    y_hat = logits.softmax(-1)  # [m, 10]
    return y_hat
# endregion


# region hold
def hold(conv, keep, put):  # [c, 1, 1], [c, h, w]
    """From now on the maps of this stage are what is kept of them, and what is put in their place."""

    def change(module, inputs, z):
        a = F.relu(z)
        return a * keep + put  # none is below zero, so the relu that follows changes nothing

    return conv.register_forward_hook(change)  # .remove() lets them go
# endregion


# region saliency
def saliency(net, x, c):  # one picture [1, 1, 16, 16], and a class
    x = x.clone().requires_grad_()
    logits = net(x)
    (slope,) = torch.autograd.grad(logits[0, c], x)
    return slope  # [1, 1, 16, 16]
# endregion


# region shift
def shifted(x, right, down):  # [m, c, h, w], whole pixels
    h, w = x.shape[-2:]
    wider = F.pad(x, (max(right, 0), max(-right, 0), max(down, 0), max(-down, 0)))
    return wider[..., max(-down, 0) : max(-down, 0) + h, max(-right, 0) : max(-right, 0) + w]
# endregion


# region global
def global_pool(a):  # [m, c, h, w]
    return a.amax((2, 3))  # [m, c]: of each map the greatest number alone
# endregion


def convolutions_agree():
    for stride, padding, dilation in ((1, 0, 1), (2, 1, 1), (1, 2, 2), (3, 0, 2)):
        W, b, x = torch.randn(4, 3, 3, 3), torch.randn(4), torch.randn(2, 3, 12, 12)
        own = convolution(W, b, x, stride, padding, dilation)
        assert torch.allclose(own, F.conv2d(x, W, b, stride, padding, dilation), atol=1e-5)
    assert convolution_count(3, 3, 2) == 3 * 3 * 3 * 2 + 2


def correlation_is_no_convolution():
    """What F.conv2d computes, against the convolution of the mathematicians: the kernel turned by 180 degrees."""
    x, W = torch.zeros(1, 1, 5, 5), torch.arange(9.0).reshape(1, 1, 3, 3)
    x[0, 0, 2, 2] = 1  # ink in one cell
    assert torch.equal(F.conv2d(x, W), W.flip(2, 3))
    assert torch.equal(F.conv2d(x, W.flip(2, 3)), W)


def sobel_is_found():
    target = torch.tensor([[[[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]]])
    noise = torch.rand(20, 1, 16, 16)
    stripes = torch.rand(20, 1, 1, 16).expand(-1, -1, 16, -1)
    for name, x in (("noise", noise), ("stripes", stripes)):
        W, L = learn(x, F.conv2d(x, target))
        print(f"{name}: loss {L.item():.1e}, farthest weight {(W - target).abs().max():.3f}")


def convolution_moves_along():
    """A convolution of the shifted picture is the convolution, shifted, away from the border."""
    W, x = torch.randn(2, 1, 3, 3), torch.zeros(1, 1, 12, 12)
    x[..., 4:8, 4:8] = torch.rand(4, 4)
    moved = F.conv2d(shifted(x, 2, -1), W, padding=1)
    assert torch.allclose(moved, shifted(F.conv2d(x, W, padding=1), 2, -1), atol=1e-6)
    assert torch.equal(shifted(shifted(x, 2, 1), -2, -1), x)


def a_silent_map_is_as_if_it_were_not_there():
    net, x = CNN(), torch.rand(1, 1, 16, 16)
    keep = torch.ones(8, 1, 1)
    keep[3] = 0
    held = hold(net.convs[0], keep, torch.zeros(8, 16, 16))
    silent = net(x)
    held.remove()
    with torch.no_grad():
        net.convs[1].weight[:, 3] = 0
    assert torch.allclose(net(x), silent, atol=1e-6)
    assert torch.allclose(read(net, x).sum(), torch.tensor(1.0))


def the_slope_is_what_a_little_ink_does():
    net, x = CNN().double(), torch.rand(1, 1, 16, 16, dtype=torch.double)
    more = x.clone()
    more[0, 0, 5, 6] += 1e-6
    rise = (net(more) - net(x))[0, 7] / 1e-6
    assert torch.allclose(saliency(net, x, 7)[0, 0, 5, 6], rise, atol=1e-4)


if __name__ == "__main__":
    torch.manual_seed(0)
    convolutions_agree()
    correlation_is_no_convolution()
    pooled = max_pool(torch.arange(16.0).reshape(1, 1, 4, 4), 2)
    assert pooled.flatten().tolist() == [5, 7, 13, 15]
    assert average_pool(torch.ones(1, 1, 4, 4), 2).flatten().tolist() == [1] * 4
    sobel_is_found()
    convolution_moves_along()
    a_silent_map_is_as_if_it_were_not_there()
    the_slope_is_what_a_little_ink_does()
