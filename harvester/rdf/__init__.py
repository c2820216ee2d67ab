"""Reading, holding, splitting, hashing and writing RDF; no file and no socket is opened here."""
