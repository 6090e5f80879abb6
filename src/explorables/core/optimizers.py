"""Optimizers: rules that turn a gradient into a step.

An optimizer is a frozen configuration with `init(params) -> State` and
`update(state, grad, rng=None) -> State`. Every rule works coordinate by coordinate and is written
with operators only: `params` may be a float, the coordinate of one hiker (30 times faster than a
small array), or an array of any shape, and gives the same result bit for bit. Step sizes and the
like may be arrays too, so that every member of a crowd walks in its own way.

Conventions are PyTorch's: velocities sum gradients and are multiplied by the step size when they
are applied, there is no dampening, and nothing is scaled by 1 - momentum.

>>> ball = Momentum(step_size=0.5, momentum=0.5)
>>> state = ball.init(8.0)
>>> state = ball.update(state, grad=4.0)
>>> ball.update(state, grad=4.0).params
3.0
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

Value = Any  # a float, or an array of floats: the same lines serve both
Rng = np.random.Generator | None


class Optimizer(Protocol):
    """What a walk needs of an optimizer; every state has `params`."""

    def init(self, params: Value) -> Any:
        """The state before the first step."""

    def update(self, state: Any, grad: Value, rng: Rng = None) -> Any:
        """The state after one step, `grad` being the gradient at the state's params."""


def _require(name: str, value: Value, low: float, high: float, open_low: bool = False) -> None:
    entries = np.asarray(value)
    inside = (entries > low if open_low else entries >= low) & (entries <= high)
    if not inside.all():
        least = f"above {low:g}" if open_low else f"{low:g} or more"
        most = "" if high == math.inf else f" and at most {high:g}"
        raise ValueError(f"{name} {value}: {least}{most}")


def _normal(like: Value, rng: Rng) -> Value:
    """A standard normal number for each of `like`'s."""
    if rng is None:
        raise ValueError("rng None: this optimizer is random; pass a numpy.random.Generator")
    return rng.standard_normal(None if isinstance(like, float) else np.shape(like))


def _sqrt(value: Value) -> Value:
    """The square root, which both worlds round correctly: a power would not be."""
    return math.sqrt(value) if isinstance(value, float) else np.sqrt(value)


class Descent(NamedTuple):
    """A place, and nothing else to remember."""

    params: Value


@dataclass(frozen=True)
class GradientDescent:
    """Plain descent: x ← x - step_size ∇f(x) (Cauchy 1847)."""

    step_size: Value

    def __post_init__(self) -> None:
        _require("step_size", self.step_size, 0, math.inf, open_low=True)

    def init(self, params: Value) -> Descent:
        """The state before the first step."""
        return Descent(params)

    def update(self, state: Descent, grad: Value, rng: Rng = None) -> Descent:
        """The state after one step."""
        return Descent(state.params - self.step_size * grad)


class Moving(NamedTuple):
    """A place, and the velocity that led there."""

    params: Value
    velocity: Value


@dataclass(frozen=True)
class Momentum:
    """Descent that keeps a share of its velocity.

    v ← momentum v + ∇f(x), then x ← x - step_size v: the heavy ball (Polyak 1964). With `nesterov`
    the step is x ← x - step_size (∇f(x) + momentum v), with the new v (Nesterov 1983, in the form
    of Sutskever et al. 2013). As `torch.optim.SGD` without dampening: the velocity is a sum of
    gradients, so that on an even slope the step grows to step_size ∇f / (1 - momentum).
    """

    step_size: Value
    momentum: Value
    nesterov: bool = False

    def __post_init__(self) -> None:
        _require("step_size", self.step_size, 0, math.inf, open_low=True)
        _require("momentum", self.momentum, 0, 1)

    def init(self, params: Value) -> Moving:
        """At rest."""
        return Moving(params, params * 0.0)

    def update(self, state: Moving, grad: Value, rng: Rng = None) -> Moving:
        """The state after one step."""
        velocity = self.momentum * state.velocity + grad
        step = grad + self.momentum * velocity if self.nesterov else velocity
        return Moving(state.params - self.step_size * step, velocity)


class Adapting(NamedTuple):
    """A place, the running moments of its gradient, and decay¹, decay², … decayᵗ of each."""

    params: Value
    mean: Value
    square: Value
    mean_decay: float
    square_decay: float


@dataclass(frozen=True)
class Adam:
    """Steps of about `step_size` each, whatever the slope (Kingma and Ba 2015, algorithm 1).

    m ← β₁ m + (1 - β₁) g, s ← β₂ s + (1 - β₂) g², then
    x ← x - step_size m̂ / (√ŝ + eps) with m̂ = m / (1 - β₁ᵗ) and ŝ = s / (1 - β₂ᵗ). `eps` stands
    outside the root, as in `torch.optim.Adam`.
    """

    step_size: Value
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8

    def __post_init__(self) -> None:
        _require("step_size", self.step_size, 0, math.inf, open_low=True)
        _require("beta1", self.beta1, 0, 1 - 1e-12)
        _require("beta2", self.beta2, 0, 1 - 1e-12)
        _require("eps", self.eps, 0, math.inf, open_low=True)

    def init(self, params: Value) -> Adapting:
        """Nothing known of the gradient."""
        return Adapting(params, params * 0.0, params * 0.0, 1.0, 1.0)

    def update(self, state: Adapting, grad: Value, rng: Rng = None) -> Adapting:
        """The state after one step."""
        mean = self.beta1 * state.mean + (1 - self.beta1) * grad
        square = self.beta2 * state.square + (1 - self.beta2) * grad * grad
        mean_decay, square_decay = state.mean_decay * self.beta1, state.square_decay * self.beta2
        scale = _sqrt(square / (1 - square_decay)) + self.eps
        step = self.step_size * (mean / (1 - mean_decay)) / scale
        return Adapting(state.params - step, mean, square, mean_decay, square_decay)


@dataclass(frozen=True)
class NoisyGradientDescent:
    """Plain descent with a jolt after each step: x ← x - step_size ∇f(x) + noise z, z ~ N(0, 1).

    `noise` is in the units of x and does not shrink with the step size. For small steps the walk
    is Langevin's, at temperature noise² / (2 step_size).
    """

    step_size: Value
    noise: Value

    def __post_init__(self) -> None:
        _require("step_size", self.step_size, 0, math.inf, open_low=True)
        _require("noise", self.noise, 0, math.inf)

    def init(self, params: Value) -> Descent:
        """The state before the first step."""
        return Descent(params)

    def update(self, state: Descent, grad: Value, rng: Rng = None) -> Descent:
        """The state after one step; draws one normal number for each of params."""
        jolt = self.noise * _normal(state.params, rng)
        return Descent(state.params - self.step_size * grad + jolt)


class Cooling(NamedTuple):
    """A place, and the temperature of the next jolt."""

    params: Value
    temperature: Value


@dataclass(frozen=True)
class SimulatedAnnealing:
    """Descent with jolts that die down: annealing in Langevin's form (Geman and Hwang 1986).

    x ← x - step_size ∇f(x) + √(2 step_size T) z, z ~ N(0, 1), then T ← cooling T. Every step is
    taken: the gradient does what Metropolis's acceptance does in the version without one.
    """

    step_size: Value
    temperature: Value
    cooling: Value

    def __post_init__(self) -> None:
        _require("step_size", self.step_size, 0, math.inf, open_low=True)
        _require("temperature", self.temperature, 0, math.inf)
        _require("cooling", self.cooling, 0, 1)

    def init(self, params: Value) -> Cooling:
        """At the first temperature."""
        return Cooling(params, self.temperature)

    def update(self, state: Cooling, grad: Value, rng: Rng = None) -> Cooling:
        """The state after one step; draws one normal number for each of params."""
        jolt = _sqrt(2.0 * self.step_size * state.temperature) * _normal(state.params, rng)
        params = state.params - self.step_size * grad + jolt
        return Cooling(params, state.temperature * self.cooling)


class Jolted(NamedTuple):
    """The state of the optimizer inside; `params` are its own."""

    inner: Any

    @property
    def params(self) -> Value:
        """Where the inner optimizer stands."""
        return self.inner.params


@dataclass(frozen=True)
class Jolts:
    """Another optimizer, with a jolt after each of its steps: x ← x + noise z, z ~ N(0, 1).

    What the optimizer remembers, such as a velocity, is not jolted.
    """

    optimizer: Optimizer
    noise: Value

    def __post_init__(self) -> None:
        _require("noise", self.noise, 0, math.inf)

    def init(self, params: Value) -> Jolted:
        """The state before the first step."""
        return Jolted(self.optimizer.init(params))

    def update(self, state: Jolted, grad: Value, rng: Rng = None) -> Jolted:
        """The state after one step; draws one normal number for each of params."""
        inner = self.optimizer.update(state.inner, grad, rng)
        return Jolted(inner._replace(params=inner.params + self.noise * _normal(inner.params, rng)))
