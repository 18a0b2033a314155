-- The region of the policy that an organisation belongs to (PLN-3): the policy's key; NULL: none.
ALTER TABLE organisation ADD COLUMN region TEXT;
-- Since when it counts as escalated; NULL: it does not.
ALTER TABLE ticket ADD COLUMN escalated_at BIGINT;
