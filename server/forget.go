package server

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Forget removes all that is kept of an installation: its repositories, their rows of work, the record of reviews with their quotes, and
// its deliveries. It returns how many rows that were. What was said on GitHub stays there.
func Forget(ctx context.Context, database string, installation int64) (rows int64, err error) {
	st, err := openStore(ctx, database, time.Now)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, st.close()) }()
	err = st.within(ctx, func(tx *sql.Tx) error {
		for _, q := range []string{
			`DELETE FROM reviews WHERE repository IN (SELECT id FROM repositories WHERE installation = $1)`,
			`DELETE FROM work WHERE repository IN (SELECT id FROM repositories WHERE installation = $1)`,
			`DELETE FROM deliveries WHERE installation = $1`,
			`DELETE FROM repositories WHERE installation = $1`,
			`DELETE FROM installations WHERE id = $1`,
		} {
			done, err := tx.ExecContext(ctx, q, installation)
			if err != nil {
				return fmt.Errorf("forget installation %d: %w", installation, err)
			}
			n, err := done.RowsAffected()
			if err != nil {
				return err
			}
			rows += n
		}
		return nil
	})
	return rows, err
}
