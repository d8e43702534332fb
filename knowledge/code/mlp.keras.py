import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
x = np.random.randn(256, 4).astype("float32")            # (B, 4)  tabela / table
y = (x[:, 0] * x[:, 1] > 0).astype("int32")              # (B,)    0, 1  (XOR)

model = keras.Sequential([
    keras.Input(shape=(4,)),
    layers.Dense(32, activation="relu"),                 # (B, 32)  camada oculta / hidden layer
    layers.Dense(32, activation="relu"),                 # (B, 32)
    layers.Dense(2, activation="softmax"),               # (B, 2)
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=20, batch_size=32, verbose=0)
loss, accuracy = model.evaluate(x, y, verbose=0)
print(f"loss: {loss:.3f}  train accuracy: {accuracy:.0%}")
