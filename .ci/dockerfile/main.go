// Command dockerfile holds a Dockerfile against the rules of BuildKit's own linter, and prints what it finds. It has a module of its own, so
// that tellwell's stays small.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/frontend/subrequests/lint"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
)

func main() {
	found, err := rules(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, w := range found {
		fmt.Printf("%s:%d: %s: %s\n", os.Args[1], w.Location.Ranges[0].Start.Line, w.RuleName, w.Detail)
	}
	if len(found) > 0 {
		os.Exit(1)
	}
}

func rules(path string) ([]lint.Warning, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text := llb.NewSourceMap(nil, path, "Dockerfile", src)
	text.Definition = &llb.Definition{} // the linter copies it and does nothing with it
	caps := pb.Caps.CapSet(pb.Caps.All())
	out, err := dockerfile2llb.DockerfileLint(context.Background(), src, dockerfile2llb.ConvertOpt{
		Config: dockerui.Config{}, LLBCaps: &caps, SourceMap: text, MetaResolver: offline{},
	})
	if err != nil {
		return nil, err
	}
	return out.Warnings, nil
}

// offline answers for base images, which no registry is asked about.
type offline struct{}

func (offline) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	return ref, "", []byte("{}"), nil
}
