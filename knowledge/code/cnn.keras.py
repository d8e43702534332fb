import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
x = np.random.rand(64, 28, 28, 1).astype("float32") * 0.2   # (B, 28, 28, 1)  canais no fim / channels last
y = np.arange(64) % 2                                       # (B,)  0: —   1: |
x[y == 0, 14, 4:24] = 1                                     # linha horizontal / horizontal line
x[y == 1, 4:24, 14] = 1                                     # linha vertical / vertical line

model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(8, 3, padding="same", activation="relu"),    # (B, 28, 28, 8)
    layers.MaxPooling2D(2),                                    # (B, 14, 14, 8)
    layers.Conv2D(16, 3, padding="same", activation="relu"),   # (B, 14, 14, 16)
    layers.MaxPooling2D(2),                                    # (B, 7, 7, 16)
    layers.Flatten(),                                          # (B, 784)
    layers.Dense(2, activation="softmax"),                     # (B, 2)
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=5, batch_size=16, verbose=0)
loss, accuracy = model.evaluate(x, y, verbose=0)
print(f"loss: {loss:.3f}  train accuracy: {accuracy:.0%}")
