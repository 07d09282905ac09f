"""Fitting the weights of "A supplies B" to a squad's own solved cases; done only when asked, used only when named."""

from backend.calibration.calibrate import CalibrationReport, calibrate, named_weights

__all__ = ["CalibrationReport", "calibrate", "named_weights"]
