"""Who is who at the identity provider of the tests: read by the tests and by the provider, which share no environment."""

NAME = "Example Identity"
CLIENT = "pooled-fund-of-the-tests"
# With marks that the standard has encoded (RFC 6749, section 2.3.1). Without a space: not every provider takes a plus for one.
SECRET = "a-secret/of-the-tests,with:marks&="
PASSWORD = "a long password of the tests"

# User name to e-mail address. Nobody of them is a real person.
PEOPLE = {
    "invited": "focal-point@organization.example",
    "stranger": "stranger@elsewhere.example",
    # An officer of the secretariat, whose role asks for a second factor.
    "officer": "officer@organization.example",
    # Has a password on the site already.
    "joined": "writer@organization.example",
    # The provider does not vouch for this one's address.
    "unverified": "unverified@organization.example",
}
