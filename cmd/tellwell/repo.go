package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/example-org/tellwell/checks"
	"github.com/example-org/tellwell/primer"
	"github.com/example-org/tellwell/review"
)

// A repo is the repository that the pages belong to, with its configuration and its primer, both as they stand on the disk.
type repo struct {
	root     string // its folder, absolute
	config   *review.Config
	settings []byte // the configuration as it is written
	from     string // the configuration file, as it is told to a person; empty when there is none
	primer   *primer.Index
	shelf    string // the folder of the repository that holds the primer, absolute
	problems []review.Problem
}

// openRepo finds the repository that paths belong to (the working directory's, when there are none), and reads its configuration.
// configFile, when not empty, is read instead of the repository's own.
func (w *world) openRepo(paths []string, configFile string) (*repo, error) {
	root, err := w.rootOf(paths)
	if err != nil {
		return nil, err
	}
	r := &repo{root: root}
	file, shown := filepath.Join(root, filepath.FromSlash(review.ConfigPath)), review.ConfigPath
	if configFile != "" {
		file, shown = w.abs(configFile), filepath.ToSlash(configFile)
	}
	source, err := readCapped(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && configFile == "":
		r.config = review.Default()
		r.almostConfigured()
		return r, nil
	case err != nil && configFile != "":
		return nil, misuse("--config takes a file like "+review.ConfigPath, "read the configuration %s: %w", shown, bare(err))
	case err != nil:
		return nil, cannot("it must be a file that you may read; --config FILE reads another in its place", "read the configuration %s: %w", shown, bare(err))
	}
	r.from, r.settings = shown, source
	r.config, r.problems = review.ParseConfig(shown, source, checkNames()...)
	return r, nil
}

// almostConfigured tells of a configuration under the other ending that such files have, which would otherwise be passed over in
// silence.
func (r *repo) almostConfigured() {
	other := strings.TrimSuffix(review.ConfigPath, ".yml") + ".yaml"
	if _, err := os.Stat(filepath.Join(r.root, filepath.FromSlash(other))); err == nil {
		r.problems = append(r.problems, review.Problem{
			Path: other, Message: "the configuration is not read under this name; rename it " + review.ConfigPath,
		})
	}
}

func checkNames() []string {
	var names []string
	for _, check := range checks.All {
		names = append(names, check.Name)
	}
	return names
}

// shelve finds the folder of the repository that holds the primer: this one, or a clone of the one that primers.repository names. It is
// empty where that one was not given.
func (w *world) shelve(r *repo, clone string) error {
	switch in := r.config.Primers.Repository; {
	case clone == "" && in == "":
		r.shelf = r.root
	case in == "":
		return misuse("primers.path says where it lies here; primers.repository names another repository", "--primer is for a primer that another repository keeps")
	case clone != "":
		if r.shelf = w.abs(clone); !isFolder(r.shelf) {
			return misuse("git clone "+in+" first, and give the clone's folder", "--primer %s: there is no such folder", filepath.ToSlash(clone))
		}
	}
	return nil
}

// readPrimer reads the primer from the disk. A team that has none yet, and named none, has an empty one.
func (w *world) readPrimer(r *repo, clone string) error {
	if err := w.shelve(r, clone); err != nil {
		return err
	}
	r.primer = &primer.Index{}
	if r.shelf == "" {
		w.hint("the primer is kept in " + r.config.Primers.Repository + ", and nothing is read from the network here; clone it and add --primer FOLDER, and questions link to it")
		return nil
	}
	if r.config.Primers.Path == review.Default().Primers.Path {
		if _, err := os.Stat(filepath.Join(r.shelf, filepath.FromSlash(r.primerFolder()))); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	var problems []primer.Problem
	r.primer, problems = primer.Read(os.DirFS(r.shelf), r.primerFolder())
	for _, p := range problems {
		r.problems = append(r.problems, review.Problem{Path: p.Path, Line: p.Line, Message: p.Message})
	}
	return nil
}

// primerFolder returns the primer's folder, slash-separated, relative to the root of the repository that holds it.
func (r *repo) primerFolder() string {
	return path.Clean(strings.ReplaceAll(r.config.Primers.Path, `\`, "/"))
}

// inPrimer reports whether a path relative to the root is the primer's folder or lies in it. A primer is for the team and is no
// content.
func (r *repo) inPrimer(slash string) bool {
	return r.config.Primers.Holds(slash) || r.config.Primers.Holds(slash+"/")
}

// slash returns an absolute path as the plan has it: slash-separated and relative to the root.
func (r *repo) slash(abs string) string {
	rel, err := filepath.Rel(r.root, abs)
	if err != nil {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

// rootOf returns the one repository that all paths belong to. Where none of them lies in a repository, that is the working
// directory when it holds them all, else the nearest folder that does.
func (w *world) rootOf(paths []string) (string, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	root, rootsPath := "", ""
	var loose []string
	for _, p := range paths {
		abs := w.abs(w.fixedPart(p))
		found, ok := repositoryOf(abs)
		switch {
		case !ok:
			loose = append(loose, abs)
		case root == "":
			root, rootsPath = found, p
		case !sameFile(root, found):
			return "", misuse("review them one after the other", "%s and %s belong to different repositories", rootsPath, p)
		}
	}
	if root != "" && len(loose) > 0 {
		return "", misuse("review them one after the other", "%s lies in a repository, %s does not", rootsPath, filepath.ToSlash(loose[0]))
	}
	if root != "" {
		return root, nil
	}
	for _, abs := range loose {
		if !holds(w.dir, abs) {
			return sharedFolder(loose)
		}
	}
	return w.dir, nil
}

// sharedFolder returns the nearest folder that holds all paths.
func sharedFolder(paths []string) (string, error) {
	folder := folderOf(paths[0])
	for _, p := range paths[1:] {
		for !holds(folder, p) {
			parent := filepath.Dir(folder)
			if parent == folder {
				return "", misuse("review them one after the other", "no folder holds both %s and %s", paths[0], p)
			}
			folder = parent
		}
	}
	return folder, nil
}

// repositoryOf walks up from path to the nearest folder that has a tellwell configuration or a .git of its own. The nearest wins,
// so that a content repository kept inside another one is judged by its own configuration.
func repositoryOf(path string) (string, bool) {
	for folder := folderOf(path); ; {
		if isRepository(folder) {
			return folder, true
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", false
		}
		folder = parent
	}
}

// isRepository reports whether folder has a tellwell configuration or a .git (a folder, or the file of a worktree or submodule).
func isRepository(folder string) bool {
	for _, mark := range []string{filepath.FromSlash(review.ConfigPath), ".git"} {
		if _, err := os.Lstat(filepath.Join(folder, mark)); err == nil {
			return true
		}
	}
	return false
}

// folderOf returns path itself when it is a folder, else the folder that it lies in or would lie in.
func folderOf(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path
	}
	return filepath.Dir(path)
}

// holds reports whether path is folder or lies in it.
func holds(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// sameFile reports whether two paths are one folder, however they are spelt.
func sameFile(a, b string) bool {
	if a == b {
		return true
	}
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// maxFile is the size above which a file is no page that anybody wrote by hand.
const maxFile = 10 << 20

var errTooBig = errors.New("it is larger than 10 MB; leave it out with content.exclude, or split it into pages that people read")

// readCapped reads a regular file of at most maxFile bytes.
func readCapped(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a regular file; tellwell review - reads standard input")
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAllCapped(f)
}

// readAllCapped reads all of in, at most maxFile bytes.
func readAllCapped(in io.Reader) ([]byte, error) {
	source, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err == nil && len(source) > maxFile {
		return nil, errTooBig
	}
	return source, err
}

// bare returns an error of the file system without the path, which is told already, and without the name of the system call.
func bare(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
