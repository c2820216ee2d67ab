"""How good the metadata is: MQA points and five-star rating, decided in docs/quality.md."""
