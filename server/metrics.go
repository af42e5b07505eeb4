package server

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/example-org/tellwell/github"
)

// metrics are what Prometheus is told; docs/server.md lists them, and a test holds the two together.
type metrics struct {
	registry    *prometheus.Registry
	deliveries  *prometheus.CounterVec
	seconds     *prometheus.HistogramVec
	requests    *prometheus.CounterVec
	findings    *prometheus.CounterVec
	redelivered prometheus.Counter
}

func newMetrics() *metrics {
	m := &metrics{
		registry:    prometheus.NewRegistry(),
		deliveries:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tellwell_deliveries_total", Help: "Webhook deliveries, by event and by what came of them."}, []string{"event", "outcome"}),
		seconds:     prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "tellwell_work_seconds", Help: "How long a row of work took.", Buckets: []float64{.1, .3, 1, 3, 10, 30, 100, 300}}, []string{"kind"}),
		requests:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tellwell_github_requests_total", Help: "Requests to GitHub, by their answer's status; 0 had no answer."}, []string{"status"}),
		findings:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tellwell_findings_total", Help: "Questions that reviews found to ask, by check."}, []string{"check"}),
		redelivered: prometheus.NewCounter(prometheus.CounterOpts{Name: "tellwell_redeliveries_total", Help: "Deliveries that GitHub was asked for again."}),
	}
	m.registry.MustRegister(m.deliveries, m.seconds, m.requests, m.findings, m.redelivered)
	return m
}

// watch adds what is counted when somebody asks.
func (m *metrics) watch(s *Server) {
	gauge := func(name, help string, value func(queueState) float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			state, err := s.store.state(ctx)
			if err != nil {
				return -1
			}
			return value(state)
		}))
	}
	gauge("tellwell_queue_waiting", "Rows that are wanted and not done.", func(q queueState) float64 { return float64(q.Waiting) })
	gauge("tellwell_queue_aside", "Rows that were set aside after failing too often.", func(q queueState) float64 { return float64(q.Aside) })
	gauge("tellwell_queue_oldest_seconds", "How long the oldest waiting row has been wanted.", func(q queueState) float64 { return q.Oldest.Seconds() })
	gauge("tellwell_rate_budget_low", "Installations that wait for GitHub's rate limit.", func(q queueState) float64 { return float64(q.Paused) })
}

func (m *metrics) sent(r github.Request) { m.requests.WithLabelValues(strconv.Itoa(r.Status)).Inc() }
func (m *metrics) reviewed(kind string, took time.Duration) {
	m.seconds.WithLabelValues(kind).Observe(took.Seconds())
}
func (m *metrics) found(checks map[string]int) {
	for name, n := range checks {
		m.findings.WithLabelValues(name).Add(float64(n))
	}
}

// delivered counts a delivery. Events are named by whoever sends, so unknown ones share a name.
func (m *metrics) delivered(event, outcome string) {
	if !strings.Contains(events, " "+event+" ") {
		event = "other"
	}
	m.deliveries.WithLabelValues(event, outcome).Inc()
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// A queueState is what waits.
type queueState struct {
	Waiting, Running, Aside, Paused int
	Oldest                          time.Duration
}

func (st *store) state(ctx context.Context) (q queueState, err error) {
	now := st.ms()
	var oldest int64
	err = st.db.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(CASE WHEN w.lease_until >= $1 THEN 1 ELSE 0 END), 0), coalesce(min(w.wanted_at), 0)
		FROM work w JOIN repositories r ON r.id = w.repository JOIN installations i ON i.id = r.installation
		WHERE w.done_seq < w.wanted_seq AND w.aside = 0 AND i.gone = 0 AND i.suspended = 0 AND r.gone = 0 AND (w.kind = 'look' OR r.mode IN ('dry-run', 'on'))`, now).Scan(&q.Waiting, &q.Running, &oldest)
	if err != nil {
		return q, err
	}
	if oldest > 0 {
		q.Oldest = time.Duration(now-oldest) * time.Millisecond
	}
	err = st.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM work WHERE aside = 1), (SELECT count(*) FROM installations WHERE paused_until > $1 AND gone = 0)`, now).Scan(&q.Aside, &q.Paused)
	return q, err
}
