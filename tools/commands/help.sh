# shellcheck shell=bash
cat <<'EOF'
./dev demo              Odoo with the addon and its demo data, on this machine only
./dev test              every linter and test
./dev test SELECTION    one class or method: TestProposal, TestProposal.test_sign, test_scoring
./dev lint [--fix]      the linters alone; repair what they can
./dev bench [quick]     measure against Odoo's own apps
./dev screenshots       take the pictures of the user guide anew
./dev shell             a Python prompt on the demo database
./dev logs              follow the demo server's log
./dev stop              stop the demo server and the private database cluster
./dev reset             and forget every database of this checkout; downloads stay
./dev setup             only install what the other commands need
EOF
