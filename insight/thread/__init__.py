"""The red thread of a whole plan as a graph: what is read, what hangs together, what is missing, how it is drawn."""
