//! Explanations as people and programs read them.
