"""Writes torch_trajectories.json: walks of torch.optim on a quadratic bowl, in double precision.

Made with torch 2.13.0, which nobody else needs: `pip install torch==2.13.0`, then run this file.
"""

import json
from pathlib import Path
from typing import Any

CURVATURES, START, N_STEPS = [0.5, 4.0], [2.0, -1.5], 60
CASES: list[dict[str, Any]] = [
    {"rule": "sgd", "lr": 0.3},
    {"rule": "heavy-ball", "lr": 0.05, "momentum": 0.9},
    {"rule": "heavy-ball", "lr": 0.3, "momentum": 0.5},
    {"rule": "nesterov", "lr": 0.05, "momentum": 0.9},
    {"rule": "nesterov", "lr": 0.2, "momentum": 0.6},
    {"rule": "adam", "lr": 0.1, "betas": [0.9, 0.999], "eps": 1e-8},
    {"rule": "adam", "lr": 0.3, "betas": [0.5, 0.9], "eps": 1e-3},
]


def walk(torch: Any, case: dict[str, Any]) -> list[list[float]]:
    params = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    settings = {name: value for name, value in case.items() if name != "rule"}
    if case["rule"] == "adam":
        optimizer = torch.optim.Adam([params], **settings)
    else:
        optimizer = torch.optim.SGD([params], nesterov=case["rule"] == "nesterov", **settings)
    path = [params.tolist()]
    for _ in range(N_STEPS):
        optimizer.zero_grad()
        (torch.tensor(CURVATURES, dtype=torch.float64) * params**2 / 2).sum().backward()
        optimizer.step()
        path.append(params.tolist())
    return path


def main() -> None:
    import torch  # type: ignore[import-not-found]

    cases = [{**case, "params": walk(torch, case)} for case in CASES]
    oracle = {"torch": torch.__version__, "curvatures": CURVATURES, "start": START, "cases": cases}
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(oracle) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
