"""What is said about the data: rules, their codes and texts, and how a source graph is judged."""
