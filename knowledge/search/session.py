"""How an exported model is opened, so that it leaves its cores to others between two texts."""

import os
from pathlib import Path

import onnxruntime


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """Open an ONNX file for the processor's cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    # Threads wait for each other awake, but leave their cores to Rasa between two texts.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    # One arena for every shape would keep the memory of the longest text for good.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
