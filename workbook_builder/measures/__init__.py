"""Numerators and denominators by period, and the figures that follow from other figures."""
