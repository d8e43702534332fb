import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
code = np.random.rand(256, 2)                                           # (B, 2)  2 causas / 2 causes
x = np.sin(code @ np.random.randn(2, 16) * 2).astype("float32")         # (B, 16)

encoder = keras.Sequential([keras.Input(shape=(16,)), layers.Dense(32, activation="relu"), layers.Dense(2)])
decoder = keras.Sequential([keras.Input(shape=(2,)), layers.Dense(32, activation="relu"), layers.Dense(16)])
model = keras.Sequential([keras.Input(shape=(16,)), encoder, decoder])  # (B, 16) -> (B, 2) -> (B, 16)

model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
history = model.fit(x, x, epochs=30, batch_size=32, verbose=0)   # o alvo é a entrada / the target is the input
print(f"reconstruction error: {history.history['loss'][0]:.3f} -> {history.history['loss'][-1]:.3f}")
