"""The demo world: an invented province with its organs, people and cases. No part of the product needs it."""
