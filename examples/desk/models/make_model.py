"""Makes `range.onnx`: a logistic regression over five one-minute returns. Needs the packages onnx and numpy.

The weights are invented; the file is small and whole, as an example of a model that a strategy would load.
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

WEIGHTS = np.array([[0.42], [-0.18], [0.07], [-0.03], [0.01]], dtype=np.float32)
BIAS = np.array([-0.02], dtype=np.float32)


def make() -> None:
    returns = helper.make_tensor_value_info("returns", TensorProto.FLOAT, [1, 5])
    chance = helper.make_tensor_value_info("chance", TensorProto.FLOAT, [1, 1])
    nodes = [
        helper.make_node("Gemm", ["returns", "weights", "bias"], ["score"], name="score"),
        helper.make_node("Sigmoid", ["score"], ["chance"], name="chance"),
    ]
    graph = helper.make_graph(
        nodes, "opening_range", [returns], [chance],
        [numpy_helper.from_array(WEIGHTS, "weights"), numpy_helper.from_array(BIAS, "bias")],
    )
    model = helper.make_model(graph, producer_name="desk", opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {"trained_until": "2026-10-30", "features": "5 one-minute returns, newest last"})
    checker.check_model(model, full_check=True)
    save(model, Path(__file__).parent / "range.onnx")


if __name__ == "__main__":
    make()
