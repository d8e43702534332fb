import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
start = np.random.rand(128, 1) * 6.28                       # (B, 1)
wave = np.sin(start + 0.3 * np.arange(21)).astype("float32")   # (B, 21)
x, y = wave[:, :20, None], wave[:, 20:]                     # (B, T=20, 1), (B, 1)  próximo valor / next value

model = keras.Sequential([
    keras.Input(shape=(20, 1)),
    layers.SimpleRNN(16),                                   # (B, 16)  h_T: só o último / the last one only
    layers.Dense(1),                                        # (B, 1)
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, epochs=30, batch_size=32, verbose=0)
print(f"mean squared error: {model.evaluate(x, y, verbose=0):.4f}")
