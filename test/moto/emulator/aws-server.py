"""Runs the AWS CLI without starting Python anew for each command.

    python3 aws-server.py SOCKET

Loads the AWS CLI once, then listens on a Unix socket. Each connection brings the three standard streams of a caller and
a line of JSON with its arguments, environment and folder; a fork runs the command on these and answers with its exit
code. The callers are the scripts that `programs.ts` writes.
"""

import array
import json
import os
import signal
import socket
import sys
import traceback

import awscli.clidriver
import awscli.handlers  # noqa: F401  loads what every command loads
import botocore.loaders


def warm_up():
    """Reads the descriptions of the services once, for all forks."""
    load = botocore.loaders.JSONFileLoader.load_file
    known = {}

    def load_once(self, path):
        if path not in known:
            known[path] = load(self, path)
        return known[path]

    botocore.loaders.JSONFileLoader.load_file = load_once
    session = awscli.clidriver.create_clidriver().session
    for service in ["cloudtrail", "cloudwatch", "events", "iam", "logs", "sns", "sts"]:
        session.create_client(service, region_name="eu-west-1")
    session.get_data("cli")


def receive(connection):
    """The caller's streams, and what it asks for."""
    data, ancillary, _flags, _address = connection.recvmsg(65536, socket.CMSG_SPACE(3 * array.array("i").itemsize))
    streams = array.array("i")
    for _level, _type, content in ancillary:
        streams.frombytes(content)
    while not data.endswith(b"\n"):
        data += connection.recv(65536)
    return streams, json.loads(data)


def run(streams, request):
    """Runs one command in this process, and gives its exit code."""
    for target, stream in enumerate(streams):
        os.dup2(stream, target)
    # Loading the AWS CLI has set where its data is.
    data_path = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update(request["environment"], AWS_DATA_PATH=data_path)
    os.chdir(request["folder"])
    sys.argv = ["aws", *request["arguments"]]
    try:
        code = awscli.clidriver.create_clidriver().main(request["arguments"])
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    return code or 0


def main(path):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    warm_up()
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(16)
    print("ready", flush=True)
    while True:
        connection, _address = server.accept()
        if os.fork() == 0:
            server.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            streams, request = receive(connection)
            code = 255
            try:
                code = run(streams, request)
            except BaseException:
                traceback.print_exc()
            finally:
                connection.sendall(b"%d" % code)
                os._exit(code)
        connection.close()


main(sys.argv[1])
