-- The last event with public effect of each fund, which every server asks for again and again, is the end of a range of this index.
CREATE INDEX audit_event_with_public_effect ON audit_event (fund, sequence) WHERE public_effect = 1;
