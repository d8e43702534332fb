import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
x = np.random.randint(0, 2, (256, 12, 1)).astype("float32")   # (B, T=12, 1)  bits
y = x[:, 0, 0].astype("int32")                                # (B,)  lembrar o 1º bit / remember the first bit

model = keras.Sequential([
    keras.Input(shape=(12, 1)),
    layers.LSTM(24),                                          # (B, 24)  h_T
    layers.Dense(2, activation="softmax"),                    # (B, 2)
])
optimizer = keras.optimizers.Adam(0.02, clipnorm=1.0)         # contra explosão / against explosion
model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=64, verbose=0)
loss, accuracy = model.evaluate(x, y, verbose=0)
print(f"loss: {loss:.3f}  train accuracy: {accuracy:.0%}")
