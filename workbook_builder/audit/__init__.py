"""What a published report concludes, held against what its figures support.

Each kind of conclusion has one rule, a function that says what the figures give. The published
conclusions are read from a table; how somebody else judged them never is.
"""
