from calcutta.main import app

app(prog_name="calcutta")
