// Reads an export of a ledger (reckon log export DIR), or its log on the web (URL/api/log), with the log reader of
// Go's own checksum database, golang.org/x/mod/sumdb: the signature of the checkpoint, every tile of hashes, every
// entry by an inclusion proof made from the tiles, and the consistency of the log with older sizes of itself.
// Go's client asks for gzip by itself, and unpacks what comes so.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// files are the tiles of an export. Go names a tile tile/8/L/N and the entries tile/8/data/N; C2SP leaves the
// height out and calls the entries so.
type files struct {
	place string
	// How many came compressed.
	packed *int
}

func (f files) read(name string) ([]byte, error) {
	if !strings.HasPrefix(f.place, "http") {
		return os.ReadFile(filepath.Join(f.place, filepath.FromSlash(name)))
	}
	answer, err := http.Get(f.place + "/" + name)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", name, answer.Status)
	}
	if answer.Uncompressed {
		*f.packed++
	}
	return io.ReadAll(answer.Body)
}

func (f files) Height() int                     { return height }
func (f files) SaveTiles([]tlog.Tile, [][]byte) {}
func (f files) path(tile tlog.Tile) string {
	name := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return strings.Replace(name, "tile/data/", "tile/entries/", 1)
}

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := f.read(f.path(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sumdb DIR|URL")
		os.Exit(2)
	}
	if err := verify(os.Args[1]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func verify(place string) error {
	held := files{place, new(int)}
	tree, err := checkpoint(held)
	if err != nil {
		return fmt.Errorf("checkpoint: %v", err)
	}
	reader := tlog.TileHashReader(tree, held)
	for at := int64(0); at < tree.N; {
		width := min(tree.N-at, 1<<height)
		bundle, err := held.read(held.path(tlog.Tile{H: height, L: -1, N: at >> height, W: int(width)}))
		if err != nil {
			return err
		}
		for rest, n := bundle, int64(0); n < width || len(rest) > 0; n++ {
			if n >= width || len(rest) < 2 || len(rest) < 2+int(binary.BigEndian.Uint16(rest)) {
				return fmt.Errorf("the bundle of entry %d does not hold %d entries", at, width)
			}
			length := int(binary.BigEndian.Uint16(rest))
			leaf := tlog.RecordHash(rest[2 : 2+length])
			rest = rest[2+length:]
			proof, err := tlog.ProveRecord(tree.N, at+n, reader)
			if err != nil {
				return fmt.Errorf("entry %d: %v", at+n, err)
			}
			if err := tlog.CheckRecord(proof, tree.N, tree.Hash, at+n, leaf); err != nil {
				return fmt.Errorf("entry %d: %v", at+n, err)
			}
		}
		at += width
	}
	for older := int64(1); older < tree.N; older = older*3/2 + 1 {
		root, err := tlog.TreeHash(older, reader)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, older, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, older, root); err != nil {
			return fmt.Errorf("from %d entries to %d: %v", older, tree.N, err)
		}
	}
	fmt.Printf("%d entries, root %s, %d files came compressed\n", tree.N, tree.Hash, *held.packed)
	return nil
}

func checkpoint(held files) (tlog.Tree, error) {
	key, err := held.read("key")
	if err != nil {
		return tlog.Tree{}, err
	}
	verifier, err := note.NewVerifier(string(bytes.TrimSpace(key)))
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := held.read("checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("it is not that of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("its root is none")
	}
	return tlog.Tree{N: size, Hash: tlog.Hash(root)}, nil
}
