# Sinapse with Discord and Telegram: `docker compose up -d --build`. Everything it needs is in the image: no download at start.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive TOKENIZERS_PARALLELISM=false HF_HUB_OFFLINE=1
WORKDIR /app

# An ordinary user; what changes is in /data alone.
RUN useradd --uid 10001 --no-create-home sinapse && mkdir /data && chown sinapse /data
ENV SINAPSE_DATA_DIR=/data SINAPSE_HEALTH__FILE=/data/alive
VOLUME /data

# torch first, a CPU build: the one that PyPI gives to Linux brings gigabytes of GPU libraries along.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
COPY constraints.txt ./
RUN pip install --no-cache-dir -c constraints.txt --extra-index-url "$TORCH_INDEX" torch

# Then the other libraries, before the code: an update of the code builds none of them anew.
COPY pyproject.toml ./
RUN python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > /tmp/needed.txt \
  && pip install --no-cache-dir -c constraints.txt -r /tmp/needed.txt && rm /tmp/needed.txt

COPY config.toml LICENSE ./
COPY models models
COPY knowledge knowledge
COPY handlers handlers
COPY bot bot
RUN python -m compileall -q bot handlers knowledge models
USER sinapse

# The bot touches the file while all is well; one that is older than a minute means that it isn't.
HEALTHCHECK --interval=30s --start-period=180s --timeout=5s \
  CMD ["sh", "-c", "test -n \"$(find /data/alive -newermt '-60 seconds')\""]
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "run"]
