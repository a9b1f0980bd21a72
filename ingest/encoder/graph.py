"""The network as an ONNX graph; the owner of `onnx`.

A BERT encoder (Devlin et al. 2019) from its first layer's norm to its last layer's: what tokens bring in goes in, one
vector for each token comes out. Fused operators of ONNX Runtime do the work.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from ingest.encoder.weights import BLOCK, Blocks, Floats, Weights

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

Precision = Literal["q4", "fp32", "int8", "int8-mixed"]
"""How matrices are held and multiplied.

`q4`: the file's own 4-bit blocks, activations in 8 bits by the row and block, as the reference engine does. `fp32`:
everything in floats. `int8`: 8 bits, one scale for each output and one for all activations of a text. `int8-mixed`:
the same, but for the last matrix of each layer, whose activations lie furthest apart and which stays `q4`.
"""

VERSION = 2
"""Counted up when the graph of the same weights changes."""

INPUT, OUTPUT, HALFWAY = "embedded", "tokens", "halfway"

_HALF = 6
"""Layers below the vectors halfway up."""

_FUSED = "com.microsoft"
_PLAIN = frozenset({"Identity", "LayerNormalization", "MatMul"})
"""Operators of the standard itself."""

_OPSET, _IR = 17, 9
_LARGEST_INT8 = 127


def build(weights: Weights, precision: Precision = "q4") -> bytes:
    """Build the graph, serialised.

    It takes `embedded`, what the n tokens of each of b texts bring in (b × n × hidden), and gives `tokens`, their
    vectors in context (b × n × hidden), and `halfway`, the same after half of the layers. All texts of a run have the
    same length.
    """
    from onnx import TensorProto, helper

    graph = _Graph(weights, precision)
    hidden = weights.shape.hidden
    value = helper.make_tensor_value_info
    whole = helper.make_graph(
        graph.nodes,
        "encoder",
        [value(INPUT, TensorProto.FLOAT, ["b", "n", hidden])],
        [value(name, TensorProto.FLOAT, ["b", "n", hidden]) for name in (OUTPUT, HALFWAY)],
        graph.initialisers,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    serialised: bytes = helper.make_model(whole, opset_imports=opsets, ir_version=_IR).SerializeToString()
    return serialised


class _Graph:
    """Nodes and constants of one network, gathered layer by layer."""

    def __init__(self, weights: Weights, precision: Precision) -> None:
        self._weights = weights
        self._precision = precision
        self.nodes: list[NodeProto] = []
        self.initialisers: list[TensorProto] = []
        value = self._norm("emb.ln", INPUT)
        for layer in range(weights.shape.layers):
            if layer == _HALF:
                self._node("Identity", [value], HALFWAY)
            value = self._layer(f"l{layer}", value)
        self._node("Identity", [value], OUTPUT)

    def _layer(self, name: str, value: str) -> str:
        hidden, intermediate = self._weights.shape.hidden, self._weights.shape.intermediate
        projected = [self._multiply(value, f"{name}.{part}", hidden) for part in "qkv"]
        biases = np.concatenate([self._weights.vector(f"{name}.{part}.b") for part in "qkv"])
        attended = self._node(
            "MultiHeadAttention",
            [*projected, self._constant(f"{name}.qkv.b", biases)],
            f"{name}.attended",
            num_heads=self._weights.shape.heads,
        )
        attended = self._multiply(attended, f"{name}.ao", hidden)
        value = self._norm(f"{name}.aln", attended, skip=value, bias=f"{name}.ao.b")
        inner = self._multiply(value, f"{name}.fi", hidden)
        inner = self._node("BiasGelu", [inner, self._vector(f"{name}.fi.b")], f"{name}.gelu")
        inner = self._multiply(inner, f"{name}.fo", intermediate)
        return self._norm(f"{name}.oln", inner, skip=value, bias=f"{name}.fo.b")

    def _norm(self, name: str, value: str, *, skip: str = "", bias: str = "") -> str:
        """A layer norm; where something was skipped, of the sum with it and with a bias."""
        scale, shift = self._vector(f"{name}.w"), self._vector(f"{name}.b")
        epsilon = self._weights.shape.epsilon
        if not skip:
            return self._node("LayerNormalization", [value, scale, shift], f"{name}.out", epsilon=epsilon)
        parts = [value, skip, scale, shift, self._vector(bias)]
        return self._node("SkipLayerNormalization", parts, f"{name}.out", epsilon=epsilon)

    def _multiply(self, value: str, name: str, columns: int) -> str:
        """A product with a matrix, at the precision asked for; without its bias."""
        matrix = self._weights.matrix(f"{name}.w", columns)
        if self._precision == "fp32":
            held = self._constant(f"{name}.w", matrix.floats().T)
            return self._node("MatMul", [value, held], f"{name}.out")
        if self._precision == "q4" or (self._precision == "int8-mixed" and name.endswith(".fo")):
            return self._multiply_q4(value, name, matrix)
        numbers, scales = _int8(matrix.floats())
        constants = [self._constant(f"{name}.w", numbers.T), self._constant(f"{name}.scale", scales)]
        return self._node("DynamicQuantizeMatMul", [value, *constants], f"{name}.out")

    def _multiply_q4(self, value: str, name: str, matrix: Blocks) -> str:
        """The operator holds neighbours in one byte, the file the first and second half of a block."""
        pairs = matrix.values[..., 0::2] | (matrix.values[..., 1::2] << 4)
        outputs, blocks, _ = pairs.shape
        constants = [self._constant(f"{name}.w", pairs), self._constant(f"{name}.scale", matrix.scales)]
        return self._node(
            "MatMulNBits",
            [value, *constants],
            f"{name}.out",
            K=blocks * BLOCK,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=4,  # activations in 8 bits
        )

    def _node(self, operator: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        domain = "" if operator in _PLAIN else _FUSED
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def _vector(self, name: str) -> str:
        return self._constant(name, self._weights.vector(name)[: self._longest(name)])

    def _longest(self, name: str) -> int:
        return self._weights.shape.intermediate if name.endswith(".fi.b") else self._weights.shape.hidden

    def _constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        from onnx import numpy_helper

        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def _int8(matrix: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Round a matrix (outputs × inputs) to 8 bits, with one scale for each output."""
    scales = np.abs(matrix).max(axis=1) / _LARGEST_INT8
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)
