"""Does the service answer right? Sets of questions, measures over them, and benchmarks."""
