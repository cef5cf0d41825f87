"""Convolution, pooling, and a kernel that is learnt, in PyTorch: the twin of this chapter's models.

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


if __name__ == "__main__":
    torch.manual_seed(0)
    convolutions_agree()
    correlation_is_no_convolution()
    pooled = max_pool(torch.arange(16.0).reshape(1, 1, 4, 4), 2)
    assert pooled.flatten().tolist() == [5, 7, 13, 15]
    assert average_pool(torch.ones(1, 1, 4, 4), 2).flatten().tolist() == [1] * 4
    sobel_is_found()
