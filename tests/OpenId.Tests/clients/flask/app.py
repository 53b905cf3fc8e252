# A Flask application that signs people in with Authlib.

import os

from authlib.integrations.flask_client import OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, jsonify, redirect, session, url_for

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
oauth = OAuth(app)
oauth.register(
    "sessionauth",
    client_id="wiki",
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=os.environ["ISSUER"] + ".well-known/openid-configuration",
    client_kwargs={"scope": "openid email offline_access", "code_challenge_method": "S256"},
)
tokens = {}  # by user; the cookie of a session is too small for them


@app.get("/")
def home():
    if "user" not in session:
        return redirect(url_for("login"))
    return jsonify(session["user"])


@app.get("/login")
def login():
    return oauth.sessionauth.authorize_redirect(url_for("callback", _external=True))


@app.get("/callback")
def callback():
    token = oauth.sessionauth.authorize_access_token()
    session["user"] = token["userinfo"]
    tokens[token["userinfo"]["sub"]] = token
    return redirect(url_for("home"))


@app.get("/profile")
def profile():
    return jsonify(oauth.sessionauth.userinfo(token=tokens[session["user"]["sub"]]))


@app.get("/refresh")
def refresh():
    sub = session["user"]["sub"]
    client = OAuth2Session("wiki", os.environ["CLIENT_SECRET"])
    endpoint = oauth.sessionauth.load_server_metadata()["token_endpoint"]
    tokens[sub] = {**tokens[sub], **client.refresh_token(endpoint, tokens[sub]["refresh_token"])}
    return "refreshed"


@app.get("/logout")
def logout():
    token = tokens.pop(session.pop("user")["sub"])
    endpoint = oauth.sessionauth.load_server_metadata()["end_session_endpoint"]
    bye = url_for("bye", _external=True)
    return redirect(f"{endpoint}?id_token_hint={token['id_token']}&post_logout_redirect_uri={bye}")


@app.get("/bye")
def bye():
    return "Bye"
