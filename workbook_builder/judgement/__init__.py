"""Rules that turn figures into statuses, arrows and years to date.

Each rule is one small frozen object with two voices: `evaluate` computes in Python, `formula`
gives the Excel formula over references that the plan hands it. Tests hold the two together. A
rule never knows a cell address.
"""
